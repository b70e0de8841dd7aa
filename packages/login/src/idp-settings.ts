import type { Idp, IdpSettings, UserUpdateMethod } from '@gatehouse/contracts/idp';
import { formatOktaDomain, parseOktaDomain } from '@gatehouse/contracts/okta-domain';
import { type IssuerRefusal, issuerOf, type OriginOf } from './issuer-of.ts';

export type IdpSettingsProblem = {
  readonly code: 'domain-refused' | 'issuer-refused' | 'connector-refused' | 'invalid-field';
  /** Path in the request, e.g. `settings.domain`. */
  readonly field: string;
  readonly detail: string;
};

export type IdpNotice = Idp['notices'][number];

/** What is stored before a save. */
export type StoredIdp = {
  readonly settings: IdpSettings;
  /** A draft may lack what logins need. */
  readonly isDraft: boolean;
  readonly hasSecret: boolean;
  readonly hasMetadata: boolean;
  readonly isTested: boolean;
};

export type PreparedIdpSettings =
  | {
      readonly ok: true;
      readonly settings: IdpSettings;
      readonly notices: readonly IdpNotice[];
      /** A stored secret was given for another issuer or app, and must not be sent to this one. */
      readonly clearSecret: boolean;
      /** Endpoints are used with their own issuer only. */
      readonly clearMetadata: boolean;
      /** Something that a login depends on is another: logins under way end, and the test is over. */
      readonly changesLogin: boolean;
    }
  | { readonly ok: false; readonly problems: readonly IdpSettingsProblem[] };

/** Methods that read one person anew from a connector. */
export function usesConnector(method: UserUpdateMethod): boolean {
  return method === 'usersync' || method === 'usersync-and-claims';
}

/**
 * Cleans and checks the settings of an identity provider before they become a version. Another issuer or client id
 * clears the client secret unless a new one comes in the same request, and another issuer clears the metadata: a secret
 * is never sent to a place that it was not given for. What was empty until now is no other place.
 */
export function prepareIdpSettings(
  sent: IdpSettings,
  stored: StoredIdp,
  { secretSent, originOf }: { readonly secretSent: boolean; readonly originOf: OriginOf },
): PreparedIdpSettings {
  const address = readAddress(sent, stored.isDraft, originOf);
  const problems = [...address.problems, ...missingFields(sent, stored.isDraft)];
  if (problems.length > 0) return { ok: false, problems };

  const settings = tidy({ ...sent, domain: address.domain, issuer: address.issuer });
  const before = stored.settings;
  const changed = changedIdpSettings(before, settings);
  const issuers = [issuerOf(before, originOf), issuerOf(settings, originOf)] as const;
  const [oldIssuer, newIssuer] = issuers.map((reading) => (reading.ok ? reading.issuer : null));
  const isElsewhere = oldIssuer !== null && oldIssuer !== newIssuer;
  const isOtherApp = before.clientId !== '' && before.clientId !== settings.clientId;
  const clearSecret = !secretSent && (isElsewhere || isOtherApp);
  const changesLogin = changed.length > 0 || secretSent;

  const notices: IdpNotice[] = [...address.notices];
  if (clearSecret && stored.hasSecret) {
    const owner = isElsewhere ? String(oldIssuer) : `the app ${before.clientId}`;
    notices.push({
      code: 'secret-cleared',
      detail: `The client secret was removed: it was given for ${owner} and is never sent elsewhere. Paste the one that belongs here.`,
    });
  }
  if (isElsewhere && stored.hasMetadata) {
    notices.push({
      code: 'metadata-cleared',
      detail: `The imported metadata was removed: it belongs to ${oldIssuer}. Import it again.`,
    });
  }
  if (stored.isTested && changesLogin) {
    const what = changed.length > 0 ? changed : ['client secret'];
    notices.push({
      code: 'untested',
      detail: `Changed since the last test login: ${what.join(', ')}. Make a new one.`,
    });
  }
  return { ok: true, settings, notices, clearSecret, clearMetadata: isElsewhere, changesLogin };
}

type Address = {
  readonly domain: string;
  readonly issuer: string | null;
  readonly notices: readonly IdpNotice[];
  readonly problems: readonly IdpSettingsProblem[];
};

function readAddress(sent: IdpSettings, isDraft: boolean, originOf: OriginOf): Address {
  const isIssuerTyped = sent.issuer !== null && sent.issuer.trim() !== '';
  const typed = { ...sent, issuer: isIssuerTyped ? sent.issuer : null };
  if (sent.preset !== 'okta') return readIssuerOnly(typed, isDraft, originOf);

  const notices: IdpNotice[] = [];
  const domain = parseOktaDomain(sent.domain);
  if (!domain.ok && domain.code !== 'domain-empty') return refused(typed, [domainProblem(domain.detail)]);
  const host = domain.ok ? formatOktaDomain(domain) : '';
  const pathIssuer = domain.ok ? issuerInPath(originOf(host), domain.removed) : null;
  if (domain.ok && domain.removed.length > 0) {
    const removed = `Removed ${domain.removed.join(', ')} from the domain.`;
    const moved = typed.issuer === null && pathIssuer !== null ? ` The issuer is ${pathIssuer}.` : '';
    notices.push({ code: 'domain-cleaned', detail: `${removed}${moved}` });
  }
  const issuerText = typed.issuer ?? pathIssuer;
  if (issuerText === null) {
    if (host !== '' || isDraft) return { domain: host, issuer: null, notices, problems: [] };
    return refused(typed, [domainProblem('Enter the Okta domain: logins need it.')]);
  }

  const reading = issuerOf({ ...typed, issuer: issuerText }, originOf);
  if (!reading.ok) return refused(typed, [issuerProblem(reading)]);
  const place = new URL(reading.issuer);
  if (host !== '' && originOf(host) !== place.origin) {
    const detail = `The issuer is on ${place.host}, the Okta domain is ${host}. Enter both of one org, or leave the issuer empty.`;
    return refused(typed, [{ code: 'issuer-refused', field: 'settings.issuer', detail }]);
  }
  if (typed.issuer !== null) notices.push(...cleanedIssuer(reading.removed));
  const isOrgServer = reading.issuer === place.origin;
  return { domain: place.host, issuer: isOrgServer ? null : reading.issuer, notices, problems: [] };
}

function readIssuerOnly(typed: IdpSettings, isDraft: boolean, originOf: OriginOf): Address {
  if (typed.issuer === null && isDraft) return { domain: '', issuer: null, notices: [], problems: [] };
  const reading = issuerOf(typed, originOf);
  if (!reading.ok) return refused(typed, [issuerProblem(reading)]);
  return { domain: '', issuer: reading.issuer, notices: cleanedIssuer(reading.removed), problems: [] };
}

/** A domain field often gets the issuer of a custom authorization server: its path is kept, as the issuer. */
function issuerInPath(origin: string, removed: readonly string[]): string | null {
  const tail = removed.find((piece) => piece.startsWith('/oauth2/')) ?? '';
  const id = /^\/oauth2\/([\w-]+)/.exec(tail)?.[1];
  return id === undefined || id === 'v1' ? null : `${origin}/oauth2/${id}`;
}

function cleanedIssuer(removed: readonly string[]): IdpNotice[] {
  if (removed.length === 0) return [];
  return [{ code: 'domain-cleaned', detail: `Removed ${removed.join(', ')} from the issuer URL.` }];
}

function missingFields(sent: IdpSettings, isDraft: boolean): IdpSettingsProblem[] {
  if (isDraft) return [];
  const problems: IdpSettingsProblem[] = [];
  if (sent.clientId === '') {
    const detail = 'Enter the Client ID: logins need it.';
    problems.push({ code: 'invalid-field', field: 'settings.clientId', detail });
  }
  if (usesConnector(sent.updateMethod) && sent.connectorId === null) {
    const detail = 'Choose the connector that people are read from.';
    problems.push({ code: 'connector-refused', field: 'settings.connectorId', detail });
  }
  return problems;
}

/** Leaves out what has no effect with the other settings. */
function tidy(settings: IdpSettings): IdpSettings {
  const withConnector = usesConnector(settings.updateMethod);
  return {
    ...settings,
    scopes: [...new Set(settings.scopes)].filter((scope) => scope !== 'openid'),
    connectorId: withConnector ? settings.connectorId : null,
    directoryId: withConnector ? null : settings.directoryId,
    createUsers: settings.createUsers && settings.updateMethod.endsWith('claims'),
  };
}

const labels: Readonly<Record<keyof IdpSettings, string>> = {
  preset: 'provider',
  domain: 'Okta domain',
  issuer: 'issuer URL',
  clientId: 'Client ID',
  clientAuthentication: 'client authentication',
  signingAlgorithm: 'signing algorithm',
  scopes: 'scopes',
  maximumTokenAgeSeconds: 'oldest ID token',
  updateMethod: 'user update method',
  connectorId: 'connector',
  directoryId: 'directory',
  createUsers: 'creation of users',
  matchBy: 'matching of users',
};

/** Names of the settings that differ, as the screens call them. */
export function changedIdpSettings(before: IdpSettings, after: IdpSettings): string[] {
  const keys = Object.keys(labels) as (keyof IdpSettings)[];
  return keys
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => labels[key]);
}

function refused(sent: IdpSettings, problems: readonly IdpSettingsProblem[]): Address {
  return { domain: sent.domain, issuer: sent.issuer, notices: [], problems };
}

function domainProblem(detail: string): IdpSettingsProblem {
  return { code: 'domain-refused', field: 'settings.domain', detail };
}

function issuerProblem({ detail }: IssuerRefusal): IdpSettingsProblem {
  return { code: 'issuer-refused', field: 'settings.issuer', detail };
}
