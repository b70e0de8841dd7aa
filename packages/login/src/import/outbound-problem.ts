import type { ImportProblemCode } from '@gatehouse/contracts/import-codes';
import { OutboundError, type OutboundErrorCode } from '@gatehouse/contracts/outbound';
import type { Facts } from './import-context.ts';

/** Time for one call of an import. Unit: milliseconds. */
export const callTimeoutMs = 10_000;

const codes: Readonly<Record<Exclude<OutboundErrorCode, 'aborted'>, ImportProblemCode>> = {
  'invalid-request': 'import-host-blocked',
  'blocked-scheme': 'import-host-blocked',
  'blocked-address': 'import-host-blocked',
  'blocked-redirect': 'import-metadata-redirected',
  'not-resolved': 'import-host-not-resolved',
  'timed-out': 'import-host-timed-out',
  'connection-refused': 'import-host-refused',
  'tls-failed': 'import-host-tls',
  'too-large': 'import-metadata-too-large',
  'connection-lost': 'import-connection-lost',
};

/** In half a sentence, for a check whose own code says what could not be done. */
const reasons: Readonly<Record<Exclude<OutboundErrorCode, 'aborted'>, string>> = {
  'invalid-request': 'its address cannot be called',
  'blocked-scheme': 'its address is not https',
  'blocked-address': 'its host leads into a private network, and nothing was sent',
  'blocked-redirect': 'it points to another place',
  'not-resolved': 'no address is known for its host',
  'timed-out': 'it did not answer in time',
  'connection-refused': 'there is no connection to its host',
  'tls-failed': 'its certificate is not trusted',
  'too-large': 'its answer is larger than 1 MiB',
  'connection-lost': 'the connection broke',
};

export type OutboundProblem = {
  readonly code: ImportProblemCode;
  readonly facts: Facts;
  readonly reason: string;
};

/** Why a call of an address gave no answer. @throws what is no such failure, and the end of the import itself */
export function outboundProblem(error: unknown, url: string): OutboundProblem {
  if (!(error instanceof OutboundError) || error.code === 'aborted') throw error;
  const { reason, status } = error.details;
  // With its port, which the error does not name.
  const host = URL.parse(url)?.host;
  const facts = {
    timeoutMs: callTimeoutMs,
    ...(host === undefined ? {} : { host }),
    ...(reason === undefined ? {} : { reason }),
    ...(status === undefined ? {} : { status }),
  };
  return { code: codes[error.code], facts, reason: reasons[error.code] };
}
