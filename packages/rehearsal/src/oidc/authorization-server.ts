/** One of the org's two authorization servers: the org's own, and the custom one called `default`. */
export type AuthorizationServer = {
  readonly id: 'org' | 'default';
  /** Without a slash at the end. */
  readonly issuer: string;
  /** Path below which its endpoints are. */
  readonly base: string;
  readonly scopes: readonly string[];
};

const SCOPES = ['openid', 'email', 'profile', 'address', 'phone'] as const;

/** The authorization servers of the rehearsal at this origin. The `groups` scope is the org's alone. */
export function authorizationServers(
  origin: string,
): Readonly<Record<'org' | 'default', AuthorizationServer>> {
  return {
    org: { id: 'org', issuer: origin, base: '/oauth2/v1', scopes: [...SCOPES, 'groups'] },
    default: {
      id: 'default',
      issuer: `${origin}/oauth2/default`,
      base: '/oauth2/default/v1',
      scopes: SCOPES,
    },
  };
}

/** What can be asked of an authorization server; faults are aimed at these. */
export const STEPS = [
  'discovery',
  'keys',
  'authorize',
  'token',
  'userinfo',
  'logout',
  'introspect',
  'revoke',
] as const;
export type Step = (typeof STEPS)[number];

const DOCUMENTS = ['openid-configuration', 'oauth-authorization-server'];

/**
 * What a path means: a step of a server, the id of a server that does not exist, or null for a path
 * that is none of theirs.
 */
export function routeOf(
  servers: Readonly<Record<'org' | 'default', AuthorizationServer>>,
  path: string,
): { server: AuthorizationServer; step: Step } | { unknownServer: string } | { unknownPath: string } | null {
  const segments = path.split('/').slice(1);
  if (segments[0] === '.well-known') {
    return DOCUMENTS.includes(segments[1] ?? '') && segments.length === 2
      ? { server: servers.org, step: 'discovery' }
      : null;
  }
  if (segments[0] !== 'oauth2') return null;
  const [, id = ''] = segments;
  const server = id === 'v1' ? servers.org : id === 'default' ? servers.default : undefined;
  if (!server) return { unknownServer: id };
  const rest = id === 'v1' ? segments.slice(2) : segments.slice(3);
  if (id === 'default' && segments[2] === '.well-known') {
    return DOCUMENTS.includes(segments[3] ?? '') && segments.length === 4
      ? { server, step: 'discovery' }
      : { unknownPath: path };
  }
  const step = STEPS.find((name) => name !== 'discovery' && name === rest[0]);
  const isStep = step !== undefined && rest.length === 1 && (id === 'v1' || segments[2] === 'v1');
  return isStep ? { server, step } : { unknownPath: path };
}
