import type { ImportCheckCode, ImportField, ImportProblemCode } from '@gatehouse/contracts/import-codes';
import type { ImportBench } from './import-bench.ts';

/** A mistake of *Import Metadata* as somebody makes it, what they read, and how they mend it. */
export type RepairRow = {
  readonly code: ImportProblemCode;
  /** Told apart where a code has several causes. */
  readonly cause?: string;
  /** The line that opens. */
  readonly check: ImportCheckCode;
  readonly state: 'failed' | 'warning';
  /** How the import ends where another line decides. */
  readonly endsAs?: 'failed';
  readonly saw: RegExp;
  readonly todo: RegExp;
  /** Where the first button leads: a field, a copy of the callback URL, or the next import at once. */
  readonly leadsTo: ImportField | 'callback-url' | 'again';
  readonly provoke: (bench: ImportBench) => Promise<unknown>;
  readonly repair: (bench: ImportBench) => Promise<unknown>;
};

export const buttonNames: Readonly<Record<RepairRow['leadsTo'], string>> = {
  domain: 'Go to the Okta domain',
  issuer: 'Go to the issuer',
  clientId: 'Go to the Client ID',
  clientSecret: 'Replace client secret',
  signingAlgorithm: 'Go to the signing algorithm',
  scopes: 'Go to the scopes',
  clientAuthentication: 'Go to the client authentication',
  'callback-url': 'Copy callback URL',
  again: 'Check again',
};
