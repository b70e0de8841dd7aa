/**
 * Reads whatever an admin pastes into a domain field: a bare host, a URL with a path, the address of the
 * admin console, a metadata URL. Answers the host and the literal pieces that were taken away, so that
 * the field can say so.
 */

/** Who owns the name: Okta, the customer (a custom domain or a host inside a network), or nobody. */
export type OktaDomainKind = 'okta' | 'custom' | 'address';

export interface OktaDomain {
  readonly ok: true;
  /** Lower case, punycode, no trailing dot; an IPv6 address stands in brackets, as in a URL. */
  readonly host: string;
  /** Only a port other than the default one. */
  readonly port?: number;
  readonly kind: OktaDomainKind;
  /** As pasted, in the order of the paste: `['https://', '-admin', '/admin/apps']`. */
  readonly removed: readonly string[];
}

export type OktaDomainRefusalCode =
  | 'domain-empty'
  | 'domain-too-long'
  | 'domain-no-host'
  | 'domain-incomplete'
  | 'domain-email'
  | 'domain-port';

export interface OktaDomainRefusal {
  readonly ok: false;
  readonly code: OktaDomainRefusalCode;
  /** For people: what was seen and what to paste instead. */
  readonly detail: string;
}

const PASTE_LIMIT = 2000;
const HOST_LIMIT = 253; // RFC 1035 2.3.4, without the trailing dot
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/; // RFC 1123 2.1

/** The suffixes under which Okta gives an org its name; each has `<org>-admin` as its console. */
const OKTA_SUFFIXES = [
  'okta.com',
  'oktapreview.com',
  'okta-emea.com',
  'okta-gov.com',
  'okta.mil',
  'okta-miltest.com',
];

/** One scheme, also with slashes or the colon lost on the way: `https:/`, `https:acme`, `https//`, `//`. */
const SCHEME = /^(?:[a-z][a-z0-9+-]{0,19}:\/\/+|https?:?\/+|https?:(?=[^\d/])|\/\/+)\s*/i;

/** Characters that show nothing and travel with copied text: zero-width, direction marks, byte order mark. */
const INVISIBLE_EDGE =
  /^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+|[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$/g;

const EXAMPLE = 'An Okta domain looks like acme.okta.com.';

/**
 * Never throws and asks nobody: only the text is looked at. A host that is no okta.com host is fine, since
 * custom domains are. Reading its own answer again (`formatOktaDomain`) removes nothing more.
 */
export function parseOktaDomain(paste: string): OktaDomain | OktaDomainRefusal {
  if (paste.length > PASTE_LIMIT) {
    return refuse(
      'domain-too-long',
      `This has ${paste.length} characters. Paste the address only. ${EXAMPLE}`,
    );
  }
  const removed: string[] = [];
  const text = unwrap(paste.replace(INVISIBLE_EDGE, ''), removed);
  if (text === '') return refuse('domain-empty', `Type the domain of your Okta org. ${EXAMPLE}`);

  const { authority, tail, hasScheme } = splitPaste(text.replaceAll('\\', '/'), removed);
  const isEmail = !hasScheme && tail === '' && /^(?:mailto:)?[^\s@:/]+@[^\s@:]+$/i.test(authority);
  if (isEmail) {
    return refuse('domain-email', `This is an e-mail address. Type the domain of your Okta org. ${EXAMPLE}`);
  }
  return readAuthority(authority, tail, removed);
}

/** The text form that a field shows and that is stored: `acme.okta.com`, `127.0.0.1:8485`, `[::1]:8485`. */
export function formatOktaDomain(domain: Pick<OktaDomain, 'host' | 'port'>): string {
  return domain.port === undefined ? domain.host : `${domain.host}:${domain.port}`;
}

function refuse(code: OktaDomainRefusalCode, detail: string): OktaDomainRefusal {
  return { ok: false, code, detail };
}

/** Takes off quotes and, around a URL, the angle brackets or parentheses that mail programs add. */
function unwrap(text: string, removed: string[]): string {
  const quoted = /^(["'`“”„‘’«])(.*)(["'`“”‘’»])$/su.exec(text) ?? /^([<(])(https?:.*)([>)])$/isu.exec(text);
  if (quoted === null) return text;
  const [, open = '', inner = '', close = ''] = quoted;
  removed.push(open, close);
  return inner.replace(INVISIBLE_EDGE, '');
}

/** Cuts scheme (however often), path, query and fragment off; notes what stood before the host. */
function splitPaste(text: string, removed: string[]) {
  let rest = text;
  let hasScheme = false;
  for (let scheme = SCHEME.exec(rest); scheme !== null; scheme = SCHEME.exec(rest)) {
    hasScheme = true;
    removed.push(scheme[0].trimEnd());
    rest = rest.slice(scheme[0].length);
  }
  const end = rest.search(/[/?#]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  const tail = end === -1 ? '' : rest.slice(end);
  return { authority: authority.trim(), tail, hasScheme };
}

function readAuthority(authority: string, tail: string, removed: string[]): OktaDomain | OktaDomainRefusal {
  const at = authority.lastIndexOf('@');
  if (at !== -1) removed.push(authority.slice(0, at + 1));
  const hostAndPort = authority.slice(at + 1).trim();

  const parts = /^(\[[^\]]*\]|[^:]*)(:.*)?$/su.exec(bracketed(hostAndPort));
  const written = parts?.[1]?.trim() ?? '';
  if (written === '') return refuseHost(hostAndPort === '' ? tail : hostAndPort);

  const name = readHost(written);
  if ('ok' in name) return name;
  const port = readPort(
    parts?.[2] ?? '',
    removed.some((piece) => /^http:/i.test(piece)),
  );
  if ('ok' in port) return port;
  if (
    name.kind === 'custom' &&
    !name.host.includes('.') &&
    port.kept === undefined &&
    name.host !== 'localhost'
  ) {
    return refuse(
      'domain-incomplete',
      `“${name.host}” is not the whole domain. Is it ${name.host}.okta.com?`,
    );
  }

  removed.push(...name.removed, ...port.removed);
  if (tail !== '') removed.push(tail);
  const { host, kind } = name;
  return { ok: true, host, ...(port.kept === undefined ? {} : { port: port.kept }), kind, removed };
}

/** An IPv6 address is often pasted bare; two colons cannot be anything else. */
function bracketed(hostAndPort: string): string {
  return /^[0-9a-f.]*:[0-9a-f.]*:[0-9a-f:.]*$/i.test(hostAndPort) ? `[${hostAndPort}]` : hostAndPort;
}

interface HostName {
  readonly host: string;
  readonly kind: OktaDomainKind;
  readonly removed: readonly string[];
}

function readHost(written: string): HostName | OktaDomainRefusal {
  const dots = /[.。．｡]+$/u.exec(written)?.[0] ?? '';
  const trimmed = written.slice(0, written.length - dots.length);
  if (trimmed.startsWith('[')) return dots === '' ? readIpv6(written) : refuseHost(written);
  if (/[\s\p{Cc}%]/u.test(trimmed)) return refuseHost(written);

  const host = canonicalHost(trimmed);
  if (host === undefined) return refuseHost(written);
  if (host.length > HOST_LIMIT) {
    return refuse(
      'domain-too-long',
      `A host name has at most ${HOST_LIMIT} characters; this one has ${host.length}.`,
    );
  }
  // The URL parser reads 300, 0x7f.1 and 0177.0.0.1 as addresses. Whoever means an address writes it plainly.
  const labels = host.split('.');
  if (/^\d+$/.test(labels.at(-1) ?? '')) {
    return host === trimmed ? { host, kind: 'address', removed: removedDots(dots) } : refuseHost(written);
  }
  if (!labels.every((label) => LABEL.test(label))) return refuseHost(written);
  return withoutAdmin({ host, written: trimmed, dots });
}

function readIpv6(written: string): HostName | OktaDomainRefusal {
  const host = canonicalHost(written);
  return host?.startsWith('[') ? { host, kind: 'address', removed: [] } : refuseHost(written);
}

/** The WHATWG URL parser knows lower case, IDNA and punycode, and how an IPv6 address is written shortest. */
function canonicalHost(written: string): string | undefined {
  const url = URL.parse(`https://${written}`);
  // A written host that holds a delimiter of URLs would end up somewhere else than in the host.
  return url === null || url.pathname !== '/' || url.username !== '' || url.port !== ''
    ? undefined
    : url.hostname;
}

function withoutAdmin({ host, written, dots }: { host: string; written: string; dots: string }): HostName {
  const suffix = OKTA_SUFFIXES.find((candidate) => host.endsWith(`.${candidate}`));
  if (suffix === undefined) {
    const kind = OKTA_SUFFIXES.includes(host) ? 'okta' : 'custom';
    return { host, kind, removed: removedDots(dots) };
  }
  const org = host.slice(0, -suffix.length - 1);
  const plain = org.replace(/(?:-admin)+$/, '').replace(/-+$/, '');
  if (plain === org || plain === '') return { host, kind: 'okta', removed: removedDots(dots) };
  const piece = org.slice(plain.length);
  const start = written.toLowerCase().lastIndexOf(`${piece}.`);
  const literal = start === -1 ? piece : written.slice(start, start + piece.length);
  return { host: `${plain}.${suffix}`, kind: 'okta', removed: [literal, ...removedDots(dots)] };
}

function removedDots(dots: string): readonly string[] {
  return dots === '' ? [] : [dots];
}

interface Port {
  readonly kept?: number;
  readonly removed: readonly string[];
}

/** Ports that the scheme implies are dropped: 443, and 80 where the paste said http. */
function readPort(written: string, isPlainHttp: boolean): Port | OktaDomainRefusal {
  if (written === '') return { removed: [] };
  const digits = written.slice(1).trim();
  if (digits === '') return { removed: [':'] };
  const port = /^\d{1,6}$/.test(digits) ? Number(digits) : Number.NaN;
  if (Number.isNaN(port) || port < 1 || port > 65_535) {
    return refuse(
      'domain-port',
      `“${shorten(digits)}” is no port. Ports go from 1 to 65535; most domains need none.`,
    );
  }
  return port === 443 || (port === 80 && isPlainHttp)
    ? { removed: [`:${digits}`] }
    : { kept: port, removed: [] };
}

function refuseHost(written: string): OktaDomainRefusal {
  return refuse('domain-no-host', `“${shorten(written)}” is not a host name. ${EXAMPLE}`);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
