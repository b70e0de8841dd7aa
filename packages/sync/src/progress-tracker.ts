import type { RunProgress } from '@gatehouse/contracts/run';
import type { Clock } from './ports.ts';
import type { ReadObserver, SourceCollection } from './source.ts';

type Note = Parameters<ReadObserver['note']>;
type Limit = RunProgress['rateLimits'][number];
type Waiting = { readonly until: number; readonly reason: 'rate-limit' | 'retry' };

/** Collects what happens in a run into the progress that people see. */
export class ProgressTracker implements ReadObserver {
  readonly #publish: (progress: RunProgress) => void;
  readonly #onNote: (...note: Note) => void;
  readonly #now: Clock;
  readonly #collections: Record<SourceCollection, RunProgress['users']>;
  readonly #limits = new Map<string, Limit>();
  readonly #waiting = new Map<string, Waiting>();
  #numbers = { calls: 0, retries: 0, planned: 0, applied: 0 };
  #expected: { calls: number | null; plan: number | null; apply: number | null };

  constructor(options: {
    readonly last: RunProgress | null;
    readonly publish: (progress: RunProgress) => void;
    readonly note: (...note: Note) => void;
    readonly now: Clock;
  }) {
    const { last } = options;
    this.#publish = options.publish;
    this.#onNote = options.note;
    this.#now = options.now;
    this.#expected = { calls: last?.calls ?? null, plan: last?.planned ?? null, apply: null };
    const start = (collection: SourceCollection) => ({
      pages: 0,
      pagesExpected: last?.[collection].pages ?? null,
      read: 0,
      lastRun: last?.[collection].read ?? null,
      finished: false,
    });
    this.#collections = { users: start('users'), groups: start('groups'), members: start('members') };
  }

  call(isRetry: boolean): void {
    this.#numbers.calls += 1;
    if (isRetry) this.#numbers.retries += 1;
    this.#changed();
  }

  page(collection: SourceCollection, rows: number): void {
    const state = this.#collections[collection];
    state.pages += 1;
    state.read += rows;
    if (state.pagesExpected !== null && state.pages > state.pagesExpected) state.pagesExpected = state.pages;
    this.#changed();
  }

  expected(collection: SourceCollection, pages: number): void {
    this.#collections[collection].pagesExpected = pages;
    this.#changed();
  }

  finished(collection: SourceCollection): void {
    const state = this.#collections[collection];
    state.finished = true;
    state.pagesExpected = state.pages;
    this.#changed();
  }

  waiting(bucket: string, until: number, reason: 'rate-limit' | 'retry'): void {
    this.#waiting.set(bucket, { until, reason });
    this.#changed();
  }

  resumed(bucket: string): void {
    if (this.#waiting.delete(bucket)) this.#changed();
  }

  rateLimit(
    bucket: string,
    state: { label: string; limit: number; used: number; freeAt: number | null },
  ): void {
    const { label, limit, used } = state;
    const freeAt = state.freeAt === null ? null : new Date(state.freeAt).toISOString();
    this.#limits.set(bucket, { bucket, label, limit, used, freeAt });
    this.#changed();
  }

  note(...note: Note): void {
    this.#onNote(...note);
  }

  planned(people: number): void {
    this.#numbers.planned = people;
    this.#changed();
  }

  /** The number of people to plan is known once they are read. */
  planExpected(people: number): void {
    this.#expected.plan = people;
    this.#changed();
  }

  applied(rows: number, expected: number): void {
    this.#numbers.applied = rows;
    this.#expected.apply = expected;
    this.#changed();
  }

  progress(): RunProgress {
    const { users, groups, members } = this.#collections;
    const { calls, retries, planned, applied } = this.#numbers;
    return {
      users: { ...users },
      groups: { ...groups },
      members: { ...members },
      calls,
      callsExpected: this.#expected.calls === null ? null : Math.max(calls, this.#expected.calls),
      retries,
      waiting: this.#longestWait(),
      rateLimits: [...this.#limits.values()],
      planned,
      planExpected: this.#expected.plan === null ? null : Math.max(planned, this.#expected.plan),
      applied,
      applyExpected: this.#expected.apply,
    };
  }

  #longestWait(): RunProgress['waiting'] {
    const now = this.#now();
    let longest: RunProgress['waiting'] = null;
    let latest = now;
    for (const [bucket, { until, reason }] of this.#waiting) {
      if (until <= latest) continue;
      latest = until;
      longest = { bucket, until: new Date(until).toISOString(), reason };
    }
    return longest;
  }

  #changed(): void {
    this.#publish(this.progress());
  }
}
