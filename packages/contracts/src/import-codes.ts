import { z } from 'zod';

/** The checks of *Import Metadata*, in their order. */
export const importCheckCodes = [
  'domain-understood',
  'name-resolves',
  'connection',
  'metadata-found',
  'issuer-expected',
  'endpoints-belong',
  'code-flow',
  'scopes',
  'keys-usable',
  'clock-agrees',
  'secret-accepted',
  'callback-registered',
] as const;
export type ImportCheckCode = (typeof importCheckCodes)[number];

export const importCheckLabels: Readonly<Record<ImportCheckCode, string>> = {
  'domain-understood': 'Domain understood',
  'name-resolves': 'Name resolves',
  connection: 'Host answers',
  'metadata-found': 'Metadata found',
  'issuer-expected': 'Issuer is the expected one',
  'endpoints-belong': 'Endpoints belong to it',
  'code-flow': 'Code flow and PKCE',
  scopes: 'Scopes offered',
  'keys-usable': 'Signing keys usable',
  'clock-agrees': 'Clock agrees',
  'secret-accepted': 'Client secret accepted',
  'callback-registered': 'Callback URL registered',
};

export const importStateSchema = z.enum(['waiting', 'running', 'passed', 'warning', 'failed', 'skipped']);
export type ImportState = z.infer<typeof importStateSchema>;

/** Everything that can be wrong with an import: stable, one entry in docs/troubleshooting.md each. */
export const importProblemCodes = [
  'import-domain-empty',
  'import-domain-refused',
  'import-issuer-refused',
  'import-host-not-resolved',
  'import-host-blocked',
  'import-host-refused',
  'import-host-timed-out',
  'import-host-tls',
  'import-connection-lost',
  'import-no-org',
  'import-no-authorization-server',
  'import-metadata-redirected',
  'import-metadata-not-json',
  'import-metadata-unreadable',
  'import-metadata-too-large',
  'import-server-failed',
  'import-rate-limited',
  'import-issuer-differs',
  'import-issuer-admin-host',
  'import-endpoint-foreign',
  'import-endpoint-unusable',
  'import-endpoint-moved',
  'import-no-code-flow',
  'import-no-pkce',
  'import-algorithm-not-offered',
  'import-no-client-secret-method',
  'import-scope-not-offered',
  'import-keys-unreachable',
  'import-keys-none',
  'import-keys-weak',
  'import-clock-apart',
  'import-clock-unknown',
  'import-client-id-missing',
  'import-secret-missing',
  'import-client-unknown',
  'import-secret-refused',
  'import-public-client',
  'import-client-answer-unclear',
  'import-callback-not-registered',
  'import-callback-answer-unclear',
  'import-app-grant-missing',
] as const;
export type ImportProblemCode = (typeof importProblemCodes)[number];

/** Fields of the wizard that a fix can belong to. */
export const importFields = [
  'domain',
  'issuer',
  'clientId',
  'clientSecret',
  'signingAlgorithm',
  'scopes',
  'clientAuthentication',
] as const;
export type ImportField = (typeof importFields)[number];
