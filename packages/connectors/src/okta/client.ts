import { setImmediate } from 'node:timers/promises';
import type { OutboundFetch } from '@gatehouse/contracts/outbound';
import type { ReadObserver, SourceCollection } from '@gatehouse/sync/source';
import { type Answer, readAnswer } from './answers.ts';
import { type Failure, readOutboundError, sourceError, withFacts } from './errors.ts';
import { backOff, type OktaTiming, type Sleep } from './okta-timing.ts';
import { type Bucket, bucketLabels, type RatePacer, type RateReading, readRateLimit } from './pacing.ts';

/** The largest page that we take, after decompression. */
export const pageMaxBytes = 5 * 1024 * 1024;

/**
 * On a GET it keeps credentials and recovery questions out of the answer; Okta is faster only with all three
 * (https://developer.okta.com/docs/reference/api/users/#content-type-header-fields-2).
 */
const listContentType =
  'application/json; okta-response="omitCredentials,omitCredentialsLinks,omitTransitioningToStatus"';

export type OktaClientOptions = {
  /** `https://host[:port]` */
  readonly origin: string;
  readonly token: string;
  readonly fetch: OutboundFetch;
  readonly timing: OktaTiming;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: Sleep;
  readonly pacer: RatePacer;
  readonly observer: ReadObserver;
  readonly signal: AbortSignal;
  /** False: a 429 or a failure ends the call at once, because a person is waiting for it. */
  readonly patient: boolean;
};

export type OktaCall = {
  /** Path and query; asked for again before each try, because a retry may want a smaller page. */
  readonly address: () => string;
  readonly bucket: Bucket;
  /** True for what everybody may read: the token is not sent along. */
  readonly isPublic?: boolean;
  /** What the JSON has to be; anything else counts as unreadable. */
  readonly shape: 'list' | 'object';
  /** Reads the text of an answer, and throws where it is no JSON; usually `JSON.parse`. */
  readonly parse?: (text: string) => unknown;
  /** For the diary and the words of a failure. */
  readonly subject: { readonly collection?: SourceCollection; readonly page?: number };
  /** Called before a retry; answers with the page sizes when it made the page smaller. */
  readonly shrink?: () => { from: number; to: number } | null;
};

export type GoodAnswer = Extract<Answer, { kind: 'json' | 'missing' }>;

type Outcome = { answer: Answer; reading: RateReading };

/**
 * Calls one org with one token: paced by the rate-limit headers, retried with back-off, abortable at every wait.
 * One client serves one read; what outlives it is the pacer.
 */
export class OktaClient {
  readonly #options: OktaClientOptions;
  readonly #host: string;
  readonly #waiters = new Map<Bucket, number>();
  readonly #noted = new Map<Bucket, number>();
  readonly #progressAt = new Map<Bucket, number>();
  #calls = 0;
  #firstDate: string | null = null;
  #hasAnswered = false;
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(options: OktaClientOptions) {
    this.#options = options;
    this.#host = URL.parse(options.origin)?.host ?? options.origin;
  }

  /** Requests sent so far. */
  get calls(): number {
    return this.#calls;
  }

  /** `Date` of the first answer, ISO 8601. */
  get sourceTime(): string | null {
    return this.#firstDate;
  }

  /**
   * Sends a GET until it has an answer that can be used: JSON of a 2xx, or Okta's own 404.
   * @throws SourceError
   */
  async get(call: OktaCall): Promise<GoodAnswer> {
    const startedAt = this.#options.now();
    let failures = 0;
    let refusals = 0;
    for (;;) {
      await this.#passGate(call);
      const { answer, reading } = await this.#send(call, failures + refusals > 0);
      if (answer.kind === 'json' || answer.kind === 'missing') {
        this.#progressAt.set(call.bucket, this.#options.now());
        this.#hasAnswered = true;
        return answer;
      }
      if (answer.kind === 'refused') {
        refusals += 1;
        await this.#waitAfterRefusal(call, { reading, refusals, startedAt, facts: answer.oktaFacts });
        continue;
      }
      failures += 1;
      if (this.#isLast(answer, failures)) throw this.#finalError(answer, call, failures);
      await this.#waitBeforeRetry(call, answer, failures);
    }
  }

  async #send(call: OktaCall, isRetry: boolean): Promise<Outcome> {
    const { origin, token, fetch, timing, signal, pacer, observer, now } = this.#options;
    if (signal.aborted) throw sourceError('cancelled');
    const facts = { host: this.#host };
    this.#calls += 1;
    observer.call(isRetry);
    const leave = pacer.enter(call.bucket);
    try {
      const response = await fetch({
        url: `${origin}${call.address()}`,
        headers: {
          accept: 'application/json',
          ...(call.isPublic === true ? {} : { authorization: `SSWS ${token}` }),
          'content-type': listContentType,
        },
        timeoutMs: timing.requestTimeoutMs,
        maxBytes: pageMaxBytes,
        signal,
      });
      const reading = readRateLimit(response.headers, now(), timing);
      pacer.learn(call.bucket, reading, now());
      this.#tell(call.bucket, reading);
      this.#firstDate ??= isoDate(response.headers.get('date'));
      await this.#ownTurn();
      return { answer: assertShape(readAnswer(response, facts, call.parse), call.shape, facts), reading };
    } catch (error) {
      return { answer: { kind: 'failed', ...readOutboundError(error, facts) }, reading: { kind: 'none' } };
    } finally {
      leave();
    }
  }

  /** Reading a page takes milliseconds, and pages arrive together: one a turn of the event loop, others in between. */
  async #ownTurn(): Promise<void> {
    const turn = this.#lastTurn.then(() => setImmediate());
    this.#lastTurn = turn;
    await turn;
  }

  #tell(bucket: Bucket, reading: RateReading): void {
    if (reading.kind !== 'window') return;
    this.#options.observer.rateLimit(bucket, {
      label: bucketLabels[bucket],
      limit: reading.limit,
      used: Math.max(0, reading.limit - reading.remaining),
      freeAt: reading.freeAt,
    });
  }

  async #passGate({ bucket }: OktaCall): Promise<void> {
    const { pacer, timing, now, patient } = this.#options;
    if (!patient) return;
    for (;;) {
      const until = pacer.waitUntil(bucket, timing.freeShare, now());
      if (until === null) return;
      await this.#wait(bucket, until, 'rate-limit');
    }
  }

  async #waitAfterRefusal(
    { bucket }: OktaCall,
    refusal: {
      reading: RateReading;
      refusals: number;
      startedAt: number;
      facts: Readonly<Record<string, unknown>>;
    },
  ): Promise<void> {
    const { now, timing, random, pacer, patient } = this.#options;
    const { reading } = refusal;
    const freeAt = reading.kind === 'window' ? reading.freeAt : null;
    const since = Math.max(refusal.startedAt, this.#progressAt.get(bucket) ?? 0);
    const giveUpAt = since + timing.giveUpMs;
    if (!patient || now() >= giveUpAt) {
      const waitedMs = now() - since;
      const facts = { ...refusal.facts, bucket: bucketLabels[bucket], waitedMs };
      throw sourceError('rate-limited', {
        ...facts,
        freeAt: freeAt === null ? null : new Date(freeAt).toISOString(),
      });
    }
    const until = Math.min(freeAt ?? now() + backOff(refusal.refusals, timing, random), giveUpAt);
    if (freeAt !== null) pacer.block(bucket, until);
    await this.#wait(bucket, until, 'rate-limit');
  }

  async #waitBeforeRetry(call: OktaCall, failure: Failure, failures: number): Promise<void> {
    const { now, timing, random, observer } = this.#options;
    const { error, retry } = failure;
    const until = now() + backOff(failures, timing, random);
    observer.note('warning', 'page-retried', {
      ...call.subject,
      cause: error.facts.outbound ?? error.code,
      status: error.facts.status ?? null,
      oktaCode: error.facts.oktaCode ?? null,
      nextTry: failures + 1,
      tries: timing.tries,
      until: new Date(until).toISOString(),
    });
    const smaller = retry === 'smaller' ? (call.shrink?.() ?? null) : null;
    if (smaller !== null) {
      observer.note('info', 'page-size-reduced', {
        ...call.subject,
        from: smaller.from,
        limit: smaller.to,
      });
    }
    await this.#wait(call.bucket, until, 'retry');
  }

  async #wait(bucket: Bucket, until: number, reason: 'rate-limit' | 'retry'): Promise<void> {
    const { now, observer, signal, sleep } = this.#options;
    const milliseconds = until - now();
    if (milliseconds <= 0) return;
    if (reason === 'rate-limit') this.#noteWait(bucket, until);
    observer.waiting(bucket, until, reason);
    this.#waiters.set(bucket, (this.#waiters.get(bucket) ?? 0) + 1);
    try {
      await sleep(milliseconds, signal);
    } catch (cause) {
      throw signal.aborted ? sourceError('cancelled', {}, { cause }) : cause;
    } finally {
      const left = (this.#waiters.get(bucket) ?? 1) - 1;
      this.#waiters.set(bucket, left);
      if (left === 0) observer.resumed(bucket);
    }
  }

  /** Parallel calls of a bucket wait for the same moment: that is one entry in the diary. */
  #noteWait(bucket: Bucket, until: number): void {
    const noted = this.#noted.get(bucket);
    if (noted !== undefined && until <= noted + 1000) return;
    this.#noted.set(bucket, until);
    this.#options.observer.note('waiting', 'rate-limit-wait', {
      bucket,
      label: bucketLabels[bucket],
      until: new Date(until).toISOString(),
    });
  }

  #isLast({ error, retry }: Failure, failures: number): boolean {
    if (retry === 'never' || error.code === 'cancelled') return true;
    return !this.#options.patient || failures >= this.#options.timing.tries;
  }

  /** A host that has answered as Okta and now sends a page of its own is likely to be Okta again later. */
  #finalError({ error }: Failure, call: OktaCall, tries: number): Error {
    const facts = { ...call.subject, tries, timeoutMs: this.#options.timing.requestTimeoutMs };
    if (error.code === 'cancelled') return error;
    if (error.code === 'not-the-source' && this.#hasAnswered) {
      return sourceError(
        'not-the-source',
        { ...error.facts, ...facts },
        { cause: error.cause, severity: 'soft' },
      );
    }
    return withFacts(error, facts);
  }
}

function assertShape(
  answer: Answer,
  shape: OktaCall['shape'],
  facts: Readonly<Record<string, unknown>>,
): Answer {
  if (answer.kind !== 'json') return answer;
  const isFitting =
    shape === 'list'
      ? Array.isArray(answer.body)
      : typeof answer.body === 'object' && answer.body !== null && !Array.isArray(answer.body);
  if (isFitting) return answer;
  const error = sourceError('answer-unreadable', { ...facts, reason: `not a JSON ${shape}` });
  return { kind: 'failed', error, retry: 'smaller' };
}

function isoDate(header: string | null): string | null {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
