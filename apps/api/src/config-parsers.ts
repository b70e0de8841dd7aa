import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { parseAllowedOrigin } from './outbound/allow-list.ts';

/** Reads a text file; throws Node's file system error. */
export type ReadFile = (path: string) => string;

/** Each parser takes the trimmed text of one variable and throws an Error that says what is wrong with it. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new Error('not a port from 1 to 65535');
  return port;
}

export function parseHost(text: string): string {
  if (isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)) return text;
  throw new Error('not an address or host name to listen on');
}

/** An origin; a single trailing slash is forgiven. */
export function parsePublicUrl(text: string): string {
  const url = parseWebUrl(text);
  if (url.username !== '' || url.password !== '') throw new Error('carries a user name or password');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new Error(`must end after the host and port: ${url.origin}`);
  }
  return url.origin;
}

export function parseWebAddress(text: string): string {
  return parseWebUrl(text).href;
}

/** `http://[user:password@]host[:port]`. The text is not quoted in errors, it may hold a password. */
export function parseProxyUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'http:') {
    throw new Error('not the address of an HTTP proxy such as http://proxy.example.com:3128');
  }
  if (url.pathname !== '/' || url.search !== '') throw new Error('must end after the host and port');
  return url.href;
}

export function parseOrigins(text: string): string[] {
  return splitList(text).map(parseAllowedOrigin);
}

/** Addresses and CIDR ranges. A range that holds everybody would let anybody forge their address. */
export function parseProxies(text: string): string[] {
  return splitList(text).map((entry) => {
    if (ipaddr.isValid(entry) && isIP(entry) !== 0) return entry;
    if (!ipaddr.isValidCIDR(entry)) throw new Error(`"${entry}" is not an address or a CIDR range`);
    if (ipaddr.parseCIDR(entry)[1] === 0) throw new Error(`"${entry}" would believe everybody`);
    return entry;
  });
}

/** The absolute path of a file that can be read. */
export function parseReadablePath(path: string, readFile: ReadFile): string {
  readText(path, readFile);
  return resolve(path);
}

/** The PEM text of a file that holds at least one certificate, all of them well-formed. */
export function readCertificates(path: string, readFile: ReadFile): string {
  const blocks = readText(path, readFile).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (blocks === null) throw new Error(`${path} holds no certificate in PEM`);
  blocks.forEach((block, index) => {
    try {
      new X509Certificate(block);
    } catch (cause) {
      throw new Error(`certificate ${index + 1} in ${path} cannot be read`, { cause });
    }
  });
  return `${blocks.join('\n')}\n`;
}

/** The content without its last line break, as `echo secret > file` leaves one. */
export function readPassword(path: string, readFile: ReadFile): string {
  const password = readText(path, readFile).replace(/\r?\n$/, '');
  if (password === '') throw new Error(`${path} is empty`);
  if (/[\r\n]/.test(password)) throw new Error(`${path} holds more than one line`);
  return password;
}

function readText(path: string, readFile: ReadFile): string {
  try {
    return readFile(resolve(path));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    throw new Error(`${path} cannot be read${code}`, { cause });
  }
}

function parseWebUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Error('not an address that begins with https:// or http://');
  }
  return url;
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
