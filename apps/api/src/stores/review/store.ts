import { setImmediate } from 'node:timers/promises';
import type { ChangeDetail, ChangeRow, Facet, Plan } from '@gatehouse/contracts/plan';
import { foldSearch } from '@gatehouse/mapping/search-text';
import type { Database } from '../database.ts';
import { readChange, readUnmodified } from './detail.ts';
import { excludesUnmodified, filterKey, type ReviewFilter, rowConditions } from './filter.ts';
import * as sql from './queries.ts';
import { type RowIndex, RowIndexCache } from './row-index.ts';
import {
  type PlanRow,
  type StoredChangeRow,
  toChangeRow,
  toPlan,
  toUnmodifiedRow,
  type UnmodifiedRow,
} from './rows.ts';

type Window = { readonly limit: number; readonly offset: number };
type WindowOf<Item> = { total: number; offset: number; items: Item[] };

/** Values of each facet that come with the plan; the rest is paged. */
const facetsShown = 20;
/** Rows of one page of a download. */
const exportPage = 1_000;

/** Reads plans for the review: summary, windows of any filter at any offset, one change, downloads. */
export class ReviewStore {
  readonly #database: Database;
  readonly #indexes = new RowIndexCache();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The plan that the run made; null when it made none. */
  findPlan(runId: number): PlanRow | null {
    return this.#database.sql.get<PlanRow>(sql.selectPlan, runId) ?? null;
  }

  summary(plan: PlanRow, applicable: Plan['applicable']): Plan {
    const facets = this.#database.sql.all<Facet>(sql.selectTopFacets, plan.id, facetsShown);
    return toPlan(plan, facets, applicable);
  }

  listFacet(plan: PlanRow, facet: Facet['facet'], search: string, window: Window): WindowOf<Facet> {
    const values = [plan.id, facet, search] as const;
    const total = this.#database.sql.get<{ total: number }>(sql.countFacet, ...values)?.total ?? 0;
    const items = this.#database.sql.all<Facet>(sql.selectFacet, ...values, window.limit, window.offset);
    return { total, offset: window.offset, items };
  }

  async listChanges(plan: PlanRow, filter: ReviewFilter, window: Window): Promise<WindowOf<ChangeRow>> {
    const index = await this.#indexOf(plan, filter);
    const items = this.#rowsOf(plan, filter, index.slice(window.offset, window.offset + window.limit));
    return { total: index.length, offset: window.offset, items };
  }

  /** Null when there is no such row. */
  findChange(plan: PlanRow, key: string): ChangeDetail | null {
    const id = key.slice(1);
    if (key.startsWith('c')) {
      return /^\d{1,9}$/.test(id) ? readChange(this.#database.sql, plan, Number(id)) : null;
    }
    if (key.startsWith('u')) return readUnmodified(this.#database.sql, plan, { subject: 'user', id });
    if (key.startsWith('g')) return readUnmodified(this.#database.sql, plan, { subject: 'group', id });
    return null;
  }

  /** Every row of a filter, in pages. */
  async *allChanges(plan: PlanRow, filter: ReviewFilter): AsyncGenerator<ChangeRow[]> {
    const index = await this.#indexOf(plan, filter);
    for (let start = 0; start < index.length; start += exportPage) {
      yield this.#rowsOf(plan, filter, index.slice(start, start + exportPage));
      await setImmediate();
    }
  }

  /** Rows that an apply would leave out now, because their person or group moved on. */
  async countDrifting(plan: PlanRow): Promise<number> {
    let drifting = 0;
    for (let from = 0; from < plan.rows; from += sql.searchStep) {
      const [counted] = this.#database.sql.column<number>(
        sql.countDrifting,
        ...driftValues(plan, from, from + sql.searchStep),
      );
      drifting += counted ?? 0;
      await setImmediate();
    }
    return drifting;
  }

  #indexOf(plan: PlanRow, filter: ReviewFilter): Promise<RowIndex> {
    const find =
      filter.category === 'not-modified'
        ? () => this.#findUnmodified(plan, filter)
        : () => this.#findRows(plan, filter);
    // What drifted becomes known while the plan is applied; everything else about its rows never changes.
    if (filter.category === 'drifted' && plan.state !== 'applied') return find();
    return this.#indexes.get(`${plan.id}:${plan.state === 'purged'}:${filterKey(filter)}`, find);
  }

  async #findRows(plan: PlanRow, filter: ReviewFilter): Promise<RowIndex> {
    const { where, values } = rowConditions(filter);
    const text = sql.selectSeqs(where);
    // Groups are the first rows of a plan.
    const [first, end] = filter.subject === 'group' ? [0, plan.groupRows] : [plan.groupRows, plan.rows];
    const found: number[] = [];
    for (let from = first; from < end; from += sql.searchStep) {
      const to = Math.min(end, from + sql.searchStep);
      for (const seq of this.#database.sql.column<number>(text, plan.id, from, to, ...values))
        found.push(seq);
      await setImmediate();
    }
    return Int32Array.from(found);
  }

  /** The snapshot without everybody whom the plan says something about. */
  async #findUnmodified(plan: PlanRow, filter: ReviewFilter): Promise<RowIndex> {
    if (plan.snapshotId === null || excludesUnmodified(filter)) return [];
    const planned = await this.#plannedIds(plan, filter.subject);
    const search = foldSearch(filter.search ?? '');
    const text = filter.subject === 'user' ? sql.selectSnapshotUserIds : sql.selectSnapshotGroupIds;
    const found: string[] = [];
    for (let last = ''; ; ) {
      const page = this.#database.sql.all<{ externalId: string; search: string }>(
        text,
        plan.connectorId,
        plan.snapshotId,
        last,
        sql.searchStep,
      );
      for (const row of page) {
        if (!planned.has(row.externalId) && row.search.includes(search)) found.push(row.externalId);
      }
      const end = page.at(-1);
      if (end === undefined || page.length < sql.searchStep) return found;
      last = end.externalId;
      await setImmediate();
    }
  }

  async #plannedIds(plan: PlanRow, subject: ReviewFilter['subject']): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    for (let from = 0; from < plan.rows; from += sql.searchStep) {
      const page = this.#database.sql.column<string>(
        sql.selectPlannedIds,
        plan.id,
        subject,
        from,
        from + sql.searchStep,
      );
      for (const id of page) ids.add(id);
      await setImmediate();
    }
    return ids;
  }

  #rowsOf(plan: PlanRow, filter: ReviewFilter, part: RowIndex): ChangeRow[] {
    if (part.length === 0) return [];
    const list = JSON.stringify(Array.from<number | string>(part));
    if (filter.category !== 'not-modified') {
      return this.#database.sql.all<StoredChangeRow>(sql.selectRows, list, plan.id).map(toChangeRow);
    }
    const text = filter.subject === 'user' ? sql.selectUsersByExternalId : sql.selectGroupsByExternalId;
    return this.#database.sql
      .all<UnmodifiedRow>(text, list, plan.connectorId)
      .map((row) => toUnmodifiedRow(row, filter.subject));
  }
}

/** The plan and range three times, as `countDrifting` names them. */
function driftValues(plan: PlanRow, from: number, to: number): number[] {
  return [plan.id, from, to, plan.id, from, to, plan.connectorId, plan.id, from, to];
}
