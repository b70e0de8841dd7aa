import type { IdpSettings } from '@gatehouse/contracts/idp';
import type { ImportCheckCode, ImportProblemCode } from '@gatehouse/contracts/import-codes';
import type { OutboundFetch, OutboundResponse } from '@gatehouse/contracts/outbound';
import type { OriginOf } from '../issuer-of.ts';
import type { OutboundProblem } from './outbound-problem.ts';
import type { ProviderDocument } from './provider-document.ts';

export type ImportOptions = {
  readonly settings: IdpSettings;
  readonly originOf: OriginOf;
  /** Byte-identical to the one that logins send. */
  readonly callbackUrl: string;
  /** The stored client secret, asked for when it is about to be sent; null when there is none. */
  readonly readSecret: () => Promise<string | null>;
  /** Origin of the token endpoint that the stored secret was given for; null: any that the issuer names. */
  readonly secretBelongsTo: string | null;
  readonly fetch: OutboundFetch;
  /** Why the host of an address must not be called whatever it resolves to, or null. */
  readonly blockedReason: (url: URL) => string | null;
  /** Takes out what looks like a secret. */
  readonly redact: (text: string) => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
};

/** An answer and when it was waited for, in milliseconds since 1970. */
export type TimedAnswer = {
  readonly response: OutboundResponse;
  readonly askedAt: number;
  readonly answeredAt: number;
};

/** What one step finds out for those after it. */
export type Found = {
  /** As expected, from the settings. */
  issuer: string;
  /** The first call: how long it took in milliseconds, and why there was no answer. */
  greeting: { readonly durationMs: number; readonly failure: OutboundProblem | null } | null;
  metadataAnswer: TimedAnswer | null;
  document: ProviderDocument | null;
  /** The provider said that it does not know the client id. */
  clientUnknown: boolean;
  /** What was sent and must stand in no answer that is shown. */
  sent: string[];
};

export type Facts = Readonly<Record<string, unknown>>;

export type Finding = {
  readonly state: 'passed' | 'warning' | 'failed' | 'skipped';
  /** One short sentence. */
  readonly fact: string | null;
  readonly problem: { readonly code: ImportProblemCode; readonly facts: Facts } | null;
  /** The answer, redacted and cut. */
  readonly raw: string | null;
  /** Instead of the time that the step took; null: nothing to show. */
  readonly durationMs?: number | null;
};

export type Step = {
  readonly code: ImportCheckCode;
  /** Checks without which this one is pointless; one with a warning is good enough. */
  readonly needs: readonly ImportCheckCode[];
  readonly work: (context: ImportOptions, found: Found) => Promise<Finding> | Finding;
};

export function passed(fact: string | null, raw: string | null = null): Finding {
  return { state: 'passed', fact, problem: null, raw };
}

export function skipped(fact: string): Finding {
  return { state: 'skipped', fact, problem: null, raw: null };
}

export function warning(code: ImportProblemCode, facts: Facts, raw: string | null = null): Finding {
  return { state: 'warning', fact: null, problem: { code, facts }, raw };
}

export function failed(code: ImportProblemCode, facts: Facts, raw: string | null = null): Finding {
  return { state: 'failed', fact: null, problem: { code, facts }, raw };
}

/** Of a step whose needs were met. @throws TypeError when they were not */
export function must<Value>(value: Value | null): Value {
  if (value === null) throw new TypeError('an import step ran before the one that it needs');
  return value;
}
