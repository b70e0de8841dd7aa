import { clientAuthentications, type IdpSettings } from '@gatehouse/contracts/idp';

export type ClientAuthentication = (typeof clientAuthentications)[number];

/**
 * How the client secret is sent to the token endpoint: as chosen, else the first that the provider accepts,
 * `client_secret_basic` before `client_secret_post`. Null: it accepts neither, or not the chosen one.
 */
export function clientAuthenticationOf(
  chosen: IdpSettings['clientAuthentication'],
  accepted: readonly string[],
): ClientAuthentication | null {
  const candidates = chosen === null ? clientAuthentications : [chosen];
  return candidates.find((method) => accepted.includes(method)) ?? null;
}
