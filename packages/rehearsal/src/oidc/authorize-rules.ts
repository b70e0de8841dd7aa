import type { App } from '../apps/app.ts';
import type { AppStore } from '../apps/app-store.ts';
import type { AuthorizationServer } from './authorization-server.ts';

/** What Okta makes of an authorization request before it looks at the person. */
export type RequestVerdict =
  /** Shown on Okta's own page: nothing proves that the redirect URI is the app's. */
  | { readonly kind: 'page'; readonly description: string }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string; readonly app: App }
  | { readonly kind: 'accepted'; readonly app: App };

type Rule = readonly [
  error: string,
  description: string,
  isBroken: (parameters: URLSearchParams, app: App) => boolean,
];

/** Okta's own words where they are published; see the README for what is our reading. */
function rulesOf(server: AuthorizationServer): readonly Rule[] {
  return [
    [
      'invalid_request',
      'The authentication request has a parameter more than once.',
      (parameters) => [...parameters.keys()].some((name) => parameters.getAll(name).length > 1),
    ],
    [
      'unsupported_response_type',
      'The response type is not supported by the authorization server. Configured response types: [code]',
      (parameters) => parameters.get('response_type') !== 'code',
    ],
    [
      'invalid_request',
      "The 'response_mode' parameter is invalid. Supported response modes: [query, fragment]",
      (parameters) => !['query', 'fragment'].includes(parameters.get('response_mode') ?? 'query'),
    ],
    [
      'invalid_scope',
      'One or more scopes are not configured for the authorization server resource.',
      (parameters) => {
        const scopes = (parameters.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
        return scopes.length === 0 || scopes.some((scope) => !server.scopes.includes(scope));
      },
    ],
    [
      'invalid_scope',
      "The authentication request has an invalid 'scope' parameter: 'openid' is missing.",
      (parameters) => !(parameters.get('scope') ?? '').split(' ').includes('openid'),
    ],
    [
      'invalid_request',
      'PKCE code challenge is required by the application.',
      (parameters, app) => app.requirePkce && !parameters.get('code_challenge'),
    ],
    [
      'invalid_request',
      "The 'code_challenge_method' parameter is invalid. Supported methods: [S256]",
      (parameters) => parameters.has('code_challenge') && parameters.get('code_challenge_method') !== 'S256',
    ],
  ];
}

/** Checks an authorization request as Okta does. */
export function judgeRequest(
  server: AuthorizationServer,
  apps: AppStore,
  parameters: URLSearchParams,
): RequestVerdict {
  const app = apps.find(parameters.get('client_id') ?? '');
  if (app?.status !== 'ACTIVE' || parameters.getAll('client_id').length > 1) {
    return { kind: 'page', description: "Invalid value for 'client_id' parameter." };
  }
  const redirectUris = parameters.getAll('redirect_uri');
  if (redirectUris.length !== 1 || !app.redirectUris.includes(redirectUris[0] ?? '')) {
    return {
      kind: 'page',
      description: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
    };
  }
  for (const [error, description, isBroken] of rulesOf(server)) {
    if (isBroken(parameters, app)) return { kind: 'refused', error, description, app };
  }
  return { kind: 'accepted', app };
}
