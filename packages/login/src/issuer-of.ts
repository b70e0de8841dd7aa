import type { IdpPreset, IdpSettings } from '@gatehouse/contracts/idp';
import { parseOktaDomain } from '@gatehouse/contracts/okta-domain';

/** The origin behind a domain: https, or what OUTBOUND_ALLOW says about a host of this machine. */
export type OriginOf = (domain: string) => string;

export type IssuerRefusal = {
  readonly ok: false;
  readonly code: 'domain-empty' | 'domain-refused' | 'issuer-refused';
  readonly field: 'domain' | 'issuer';
  /** For people. */
  readonly detail: string;
};

export type IssuerReading =
  | {
      readonly ok: true;
      /** Compared with `iss` character by character. */
      readonly issuer: string;
      /** Pieces of the paste that are no part of it. */
      readonly removed: readonly string[];
    }
  | IssuerRefusal;

const longestIssuer = 2000;
const invisibleEdge =
  /^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+|[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$/g;
/** OpenID Connect Discovery 4.1 puts the well-known part behind the issuer's path, RFC 8414 3.1 before it. */
const wellKnown = /^(.*?)(\/\.well-known\/(?:openid-configuration|oauth-authorization-server))(\/.*)?$/;

/**
 * Who signs the ID tokens: the issuer that is set, else the org's own authorization server behind the Okta domain. A
 * pasted metadata address is reduced to its issuer: discovery through a `/.well-known/` address would skip the check that
 * the metadata belongs to it.
 */
export function issuerOf(
  settings: Pick<IdpSettings, 'preset' | 'domain' | 'issuer'>,
  originOf: OriginOf,
): IssuerReading {
  if (settings.issuer !== null) return readIssuer(settings.issuer, settings.preset, originOf);
  if (settings.preset !== 'okta') {
    return {
      ok: false,
      code: 'domain-empty',
      field: 'issuer',
      detail: 'Enter the issuer URL of the provider.',
    };
  }
  const domain = parseOktaDomain(settings.domain);
  if (!domain.ok) {
    const code = domain.code === 'domain-empty' ? 'domain-empty' : 'domain-refused';
    return { ok: false, code, field: 'domain', detail: domain.detail };
  }
  const { host, port, removed } = domain;
  return { ok: true, issuer: originOf(port === undefined ? host : `${host}:${port}`), removed };
}

/** Where the metadata of an issuer stands (OpenID Connect Discovery 4.1). */
export function metadataUrlOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

function readIssuer(paste: string, preset: IdpPreset, originOf: OriginOf): IssuerReading {
  const text = paste.replace(invisibleEdge, '');
  if (text.length > longestIssuer) {
    return refuse(`An issuer URL has at most ${longestIssuer.toLocaleString('en-US')} characters.`);
  }
  const url = URL.parse(text);
  if (url === null || !/^https?:\/\//i.test(text)) {
    return refuse('Enter the whole issuer URL with https://, such as https://acme.okta.com/oauth2/default.');
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('An issuer URL has no user name and no password.');
  }
  const found = wellKnown.exec(url.pathname);
  if (found === null && (url.search !== '' || text.includes('#') || text.includes('?'))) {
    return refuse('An issuer URL has no “?” and no “#”.');
  }
  const host = withoutAdmin(url.host);
  const origin = `${url.protocol}//${host.name}`;
  if (url.protocol === 'http:' && originOf(host.name) !== origin) {
    return refuse(
      'An issuer URL begins with https. Plain http is accepted only for a host of this machine that OUTBOUND_ALLOW names.',
    );
  }
  const removed = found === null ? [] : [`${found[2] ?? ''}${url.search}${url.hash}`];
  const path = found === null ? url.pathname : `${found[1] ?? ''}${found[3] ?? ''}`;
  return {
    ok: true,
    issuer: `${origin}${issuerPath(path, text.endsWith('/') && preset !== 'okta')}`,
    removed: [...host.removed, ...removed],
  };
}

/** Okta's issuers end without a slash; others are taken as they name themselves. */
function issuerPath(path: string, keepsSlash: boolean): string {
  const bare = path.replace(/\/+$/, '');
  return keepsSlash ? `${bare}/` : bare;
}

function withoutAdmin(host: string): { readonly name: string; readonly removed: readonly string[] } {
  const domain = parseOktaDomain(host);
  if (!domain.ok || domain.kind !== 'okta' || domain.removed.length === 0) return { name: host, removed: [] };
  return {
    name: domain.port === undefined ? domain.host : `${domain.host}:${domain.port}`,
    removed: domain.removed,
  };
}

function refuse(detail: string): IssuerRefusal {
  return { ok: false, code: 'issuer-refused', field: 'issuer', detail };
}
