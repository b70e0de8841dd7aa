import type { Bucket } from '../api/buckets.ts';
import type { FaultKind } from '../faults/fault-input.ts';
import type { LoginFaultKind } from '../login-faults/login-fault-input.ts';

/** The Management API's buckets, and one for the authorization servers. */
export type CallBucket = Bucket | '/oauth2';

/** One request to the Management API or an authorization server. No token, code or secret is ever noted. */
export type Call = {
  readonly number: number;
  readonly at: string;
  readonly method: string;
  /** Path and query as they came; the path alone below `/oauth2`. */
  readonly path: string;
  readonly bucket: CallBucket;
  /** The token's name; null without a known token. */
  tokenName: string | null;
  /** The app that asked an authorization server; null when it is not known. */
  clientId: string | null;
  /** Null while it is being answered; 0 when the client went away first. */
  status: number | null;
  milliseconds: number | null;
  /** The faults that struck it. */
  readonly faults: (FaultKind | LoginFaultKind)[];
};

const KEPT = 20_000;

/** Remembers the last requests, so that a test or a person can see what was asked for. */
export class CallLog {
  #calls: Call[] = [];
  #count = 0;

  begin(call: { method: string; path: string; bucket: CallBucket; now: number }): Call {
    this.#count += 1;
    const entry: Call = {
      number: this.#count,
      at: new Date(call.now).toISOString(),
      method: call.method,
      path: call.path,
      bucket: call.bucket,
      tokenName: null,
      clientId: null,
      status: null,
      milliseconds: null,
      faults: [],
    };
    this.#calls.push(entry);
    if (this.#calls.length > KEPT * 1.25) this.#calls = this.#calls.slice(-KEPT);
    return entry;
  }

  /** Requests since the last reset, also those no longer remembered. */
  get count(): number {
    return this.#count;
  }

  /** The last requests, oldest first. */
  list(limit = KEPT): readonly Call[] {
    return this.#calls.slice(-limit);
  }

  reset(): void {
    this.#calls = [];
    this.#count = 0;
  }
}
