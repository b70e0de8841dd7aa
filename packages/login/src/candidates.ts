import type { Claims, ProvenIdentity } from './flow.ts';
import type { LoginPerson, PeopleStore, Upstream } from './ports.ts';

/** People of the directory who may be the one that logged in upstream. */
export type Candidates = {
  /** Linked to (issuer, sub). With one, nobody else was looked for. */
  readonly linked: LoginPerson | null;
  /** Synced by the IdP's connector under `sub`; looked for only where `sub` is an id of that source. */
  readonly synced: LoginPerson | null;
  /** Found by what the IdP vouches for; looked for only by opt-in and with a verified e-mail. */
  readonly matches: readonly LoginPerson[];
  /** Other subjects of this issuer that the one unlinked candidate is linked to. */
  readonly otherSubjects: readonly string[];
};

type LinkSettings = Pick<Upstream, 'settings' | 'connectorId'>;

/**
 * Whether `sub` is the id under which the IdP's connector syncs people: at Okta's authorization servers, org and custom,
 * it is the user id of the Management API.
 */
export function subjectIsSourceId({ settings, connectorId }: LinkSettings): boolean {
  return settings.preset === 'okta' && usesSync(settings) && connectorId !== null;
}

export function usesSync({ updateMethod }: Pick<Upstream['settings'], 'updateMethod'>): boolean {
  return updateMethod === 'usersync' || updateMethod === 'usersync-and-claims';
}

/** Only the boolean counts: providers have sent "true", 1 and worse for addresses that anybody may type. */
export function emailIsVerified(claims: Claims): boolean {
  return claims.email_verified === true;
}

/** Looks people up in the order of trust, and no further than the first that finds somebody. */
export async function findCandidates(
  { issuer, subject, claims }: ProvenIdentity,
  upstream: Upstream,
  people: PeopleStore,
): Promise<Candidates> {
  const none: Candidates = { linked: null, synced: null, matches: [], otherSubjects: [] };
  const { directoryId, connectorId, settings } = upstream;
  const linked = await people.findLinked(directoryId, issuer, subject);
  if (linked !== null) return { ...none, linked };
  if (connectorId !== null && subjectIsSourceId(upstream)) {
    const synced = await people.findSynced(connectorId, subject);
    if (synced !== null) {
      return { ...none, synced, otherSubjects: await people.linkedSubjects(synced.id, issuer) };
    }
  }
  if (settings.matchBy === 'none' || !emailIsVerified(claims)) return none;
  const matches = await findMatches(claims, upstream, people);
  const [only] = matches;
  const otherSubjects =
    only === undefined || matches.length > 1 ? [] : await people.linkedSubjects(only.id, issuer);
  return { ...none, matches, otherSubjects };
}

async function findMatches(
  claims: Claims,
  { directoryId, settings }: Upstream,
  people: PeopleStore,
): Promise<readonly LoginPerson[]> {
  const value = settings.matchBy === 'email' ? claims.email : claims.preferred_username;
  if (typeof value !== 'string' || value.trim() === '' || value.length > 255) return [];
  if (settings.matchBy === 'email') return people.findByEmail(directoryId, value);
  const person = await people.findByUsername(directoryId, value);
  return person === null ? [] : [person];
}
