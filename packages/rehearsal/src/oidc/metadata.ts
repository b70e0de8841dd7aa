import type { AuthorizationServer } from './authorization-server.ts';
import { ID_TOKEN_CLAIMS } from './claims.ts';

/**
 * The discovery document, in the shape of Okta's (`OrgASOidcMetadata` in okta/okta-management-openapi-spec):
 * no `authorization_response_iss_parameter_supported`, because Okta sends no `iss`.
 */
export function metadataOf(server: AuthorizationServer, origin: string): Record<string, unknown> {
  const at = (step: string) => `${origin}${server.base}/${step}`;
  const authMethods = ['client_secret_basic', 'client_secret_post', 'none'];
  return {
    issuer: server.issuer,
    authorization_endpoint: at('authorize'),
    token_endpoint: at('token'),
    userinfo_endpoint: at('userinfo'),
    jwks_uri: at('keys'),
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: server.scopes,
    token_endpoint_auth_methods_supported: authMethods,
    claims_supported: ID_TOKEN_CLAIMS,
    code_challenge_methods_supported: ['S256'],
    introspection_endpoint: at('introspect'),
    introspection_endpoint_auth_methods_supported: authMethods,
    revocation_endpoint: at('revoke'),
    revocation_endpoint_auth_methods_supported: authMethods,
    end_session_endpoint: at('logout'),
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  };
}
