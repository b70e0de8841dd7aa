import { type Answer, jsonAnswer, redirectAnswer } from '../oidc/answer.ts';
import { notFound } from '../okta-error.ts';
import { replaced } from './id-token-faults.ts';
import type { LoginFault } from './login-fault-board.ts';
import { type LoginFaultKind, PLAIN_DISCOVERY_KINDS } from './login-fault-input.ts';

export const DISCOVERY_KINDS = [
  ...PLAIN_DISCOVERY_KINDS,
  'discovery-issuer-other',
  'discovery-token-endpoint-foreign',
] as const;
export type DiscoveryFaultKind = (typeof DISCOVERY_KINDS)[number];

type Metadata = Readonly<Record<string, unknown>>;

/** Algorithms that the metadata admits as long as a fault that uses them is set, so that only a pinned one refuses. */
const ADMITTED: readonly (readonly [LoginFaultKind, string])[] = [
  ['id-token-alg-none', 'none'],
  ['id-token-alg-hs256', 'HS256'],
  ['id-token-alg-es256', 'ES256'],
];

/** The discovery document with the faults applied that struck. Throws OktaError for `discovery-not-found`. */
export function faultyDiscovery(
  metadata: Metadata,
  faults: readonly LoginFault<DiscoveryFaultKind>[],
  isListed: (kind: LoginFaultKind) => boolean,
): Answer {
  const algorithms = ADMITTED.filter(([kind]) => isListed(kind)).map(([, alg]) => alg);
  let document: Metadata = replaced(metadata, {
    id_token_signing_alg_values_supported: ['RS256', ...algorithms],
  });
  for (const fault of faults) {
    switch (fault.kind) {
      case 'discovery-not-found':
        throw notFound('openid-configuration', 'Endpoint');
      case 'discovery-redirect':
        return redirectAnswer('https://redirected.example/.well-known/openid-configuration');
      case 'discovery-without-s256':
        document = replaced(document, { code_challenge_methods_supported: undefined });
        break;
      case 'discovery-without-code-flow':
        document = replaced(document, {
          response_types_supported: ['id_token'],
          grant_types_supported: ['implicit'],
        });
        break;
      case 'discovery-without-jwks-uri':
        document = replaced(document, { jwks_uri: undefined });
        break;
      case 'discovery-issuer-other':
        document = replaced(document, { issuer: fault.issuer });
        break;
      case 'discovery-token-endpoint-foreign':
        document = replaced(document, { token_endpoint: fault.url });
        break;
    }
  }
  return jsonAnswer(200, document);
}
