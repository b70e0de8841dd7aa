import Provider, { type Configuration, interactionPolicy } from 'oidc-provider';
import { isAbleToSignIn } from '../sign-in/sign-in-status.ts';
import type { World } from '../world.ts';
import { type ArtifactStore, adapterOf } from './artifact-store.ts';
import type { AuthorizationServer } from './authorization-server.ts';
import { CLAIMS_OF_SCOPE, idTokenExtras, personClaims } from './claims.ts';
import type { SigningKey } from './key-store.ts';

const HOUR = 3600;
/** Okta's codes live for five minutes. */
const CODE_SECONDS = 300;

/**
 * The engine behind one authorization server. It issues codes and tokens; who is signed in and whether
 * they may come in is decided before (authorize.ts), so that it never asks anybody anything.
 */
export function createProvider(at: {
  world: World;
  server: AuthorizationServer;
  store: ArtifactStore;
  key: SigningKey;
}): Provider {
  const { world, server, store, key } = at;
  const silent = interactionPolicy.base();
  silent.clear();
  const configuration: Configuration = {
    adapter: adapterOf(store, world.apps),
    jwks: { keys: [key.jwk as never] },
    scopes: [...server.scopes],
    claims: Object.fromEntries(
      Object.entries(CLAIMS_OF_SCOPE).filter(([scope]) => server.scopes.includes(scope)),
    ),
    /** Okta's ID tokens are "fat": they hold the claims in the code flow, too. */
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'none'],
    pkce: { required: () => false },
    interactions: { policy: silent },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: { enabled: false },
      introspection: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
    },
    routes: {
      authorization: `${server.base}/authorize`,
      token: `${server.base}/token`,
      userinfo: `${server.base}/userinfo`,
      jwks: `${server.base}/keys`,
      introspection: `${server.base}/introspect`,
      revocation: `${server.base}/revoke`,
    },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: CODE_SECONDS,
      IdToken: HOUR,
      Grant: HOUR * 2,
      Session: HOUR,
      Interaction: HOUR,
    },
    /** Sessions are the sign-in page's; oidc-provider's own lasts for one request. */
    expiresWithSession: async () => false,
    clientBasedCORS: () => false,
    loadExistingGrant: async (context) => {
      const { provider, client, account, requestParamOIDCScopes } = context.oidc;
      const grant = new provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: account?.accountId ?? '',
      });
      grant.addOIDCScope([...requestParamOIDCScopes].join(' '));
      await grant.save();
      return grant;
    },
    findAccount: (context, id) => {
      const user = world.organisation.userById(id);
      if (!user || !isAbleToSignIn(user)) return undefined;
      return {
        accountId: id,
        claims: (use, scope) => {
          const app = world.apps.find(context.oidc.client?.clientId ?? '');
          const claims = { ...personClaims(user), sub: id };
          if (use !== 'id_token' || !app) return claims;
          const { groups, ...extras } = idTokenExtras(world.organisation, app, user);
          /** oidc-provider hashes what it finds here. */
          const at_hash = context.oidc.entities.AccessToken?.jti;
          return {
            ...claims,
            ...extras,
            at_hash,
            ...(scope.split(' ').includes('groups') ? { groups } : {}),
          };
        },
      };
    },
    renderError: (context, out) => {
      context.type = 'json';
      context.body = out;
    },
  };
  return new Provider(server.issuer, configuration);
}
