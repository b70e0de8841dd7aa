import {
  OutboundError,
  type OutboundErrorCode,
  type OutboundFetch,
  type OutboundRequest,
  type OutboundResponse,
} from '@gatehouse/contracts/outbound';
import type { ReadObserver, SnapshotSink, SourceGroupRow, SourceUserRow } from '@gatehouse/sync/source';
import { defaultOktaTiming, type OktaTiming, type Sleep } from './okta-timing.ts';

/** Fast enough for tests on a loopback server; shares and counts stay those of production. */
export const testTiming: OktaTiming = {
  ...defaultOktaTiming,
  requestTimeoutMs: 1500,
  backOffMs: 5,
  backOffCapMs: 20,
  afterResetMs: 0,
  giveUpMs: 20_000,
};

/** Where an answer is meant not to come. Not for other tests: a busy machine may be slower than this. */
export const hurriedTiming: OktaTiming = { ...testTiming, requestTimeoutMs: 400 };

/** A plain fetch without guards, for servers on loopback. */
export const loopbackFetch: OutboundFetch = async (request) => {
  const timeout = AbortSignal.timeout(request.timeoutMs ?? 10_000);
  const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
  try {
    const response = await fetch(request.url, {
      method: request.method ?? 'GET',
      headers: request.headers ?? {},
      redirect: 'manual',
      signal,
    });
    if (response.status >= 300 && response.status < 400) throw outboundError('blocked-redirect');
    return { status: response.status, headers: response.headers, body: await response.text() };
  } catch (error) {
    if (error instanceof OutboundError) throw error;
    if (request.signal?.aborted) throw outboundError('aborted');
    throw outboundError(timeout.aborted ? 'timed-out' : 'connection-lost');
  }
};

export function outboundError(code: OutboundErrorCode): OutboundError {
  return new OutboundError(code, code);
}

/** What a fake Okta answers to one call. */
export type FakeAnswer =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | OutboundErrorCode;

/** Answers calls from a function and keeps what was asked. */
export function fakeFetch(answer: (path: string, nth: number) => FakeAnswer) {
  const requests: OutboundRequest[] = [];
  const fetch: OutboundFetch = async (request): Promise<OutboundResponse> => {
    requests.push(request);
    const url = new URL(request.url);
    const answered = answer(url.pathname + url.search, requests.length);
    if (typeof answered === 'string') throw outboundError(answered);
    const { status = 200, headers = {}, body = [] } = answered;
    return {
      status,
      headers: new Headers({ 'content-type': 'application/json', ...headers }),
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
  };
  return {
    fetch,
    requests,
    paths: () => requests.map(({ url }) => url.replace('https://acme.okta.com', '')),
  };
}

/** A clock that only sleeping moves. */
export function frozenClock(start = Date.parse('2026-11-21T02:15:41Z')) {
  let time = start;
  const slept: number[] = [];
  const sleep: Sleep = async (milliseconds, signal) => {
    signal.throwIfAborted();
    slept.push(milliseconds);
    time += milliseconds;
  };
  return { now: () => time, sleep, slept };
}

/** A sink that keeps everything in maps, as a snapshot would. */
export function memorySink() {
  const users = new Map<string, SourceUserRow>();
  const groups = new Map<string, SourceGroupRow>();
  const members = new Map<string, string[]>();
  const gone: string[] = [];
  const sink: SnapshotSink = {
    async users(rows) {
      for (const row of rows) users.set(row.externalId, row);
    },
    async groups(rows) {
      for (const row of rows) groups.set(row.externalId, row);
    },
    async members(group, _page, ids) {
      members.set(group, [...(members.get(group) ?? []), ...ids]);
    },
    async groupGone(group) {
      gone.push(group);
    },
  };
  return { sink, users, groups, members, gone };
}

export type Note = { level: string; code: string; facts: Readonly<Record<string, unknown>> };

/** An observer that writes everything down. */
export function recordingObserver() {
  const notes: Note[] = [];
  const waits: { bucket: string; until: number; reason: string }[] = [];
  const expected: Record<string, number> = {};
  const pages: Record<string, number> = {};
  const limits: { bucket: string; limit: number; used: number; freeAt: number | null }[] = [];
  const finished: string[] = [];
  const totals = { calls: 0, retries: 0, resumed: 0 };
  const observer: ReadObserver = {
    call: (isRetry) => {
      totals.calls += 1;
      if (isRetry) totals.retries += 1;
    },
    page: (collection) => {
      pages[collection] = (pages[collection] ?? 0) + 1;
    },
    expected: (collection, count) => {
      expected[collection] = count;
    },
    finished: (collection) => void finished.push(collection),
    waiting: (bucket, until, reason) => void waits.push({ bucket, until, reason }),
    resumed: () => {
      totals.resumed += 1;
    },
    rateLimit: (bucket, { limit, used, freeAt }) => void limits.push({ bucket, limit, used, freeAt }),
    note: (level, code, facts) => void notes.push({ level, code, facts }),
  };
  return { observer, notes, waits, expected, pages, limits, finished, totals };
}
