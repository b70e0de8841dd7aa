import ipaddr from 'ipaddr.js';

/** NAT64 (RFC 6052): the last 32 bits are the IPv4 address that the gateway will call. */
const nat64Prefix = ipaddr.IPv6.parse('64:ff9b::');
/** RFC 4291: the only block from which global unicast addresses are handed out. */
const globalUnicastPrefix = ipaddr.IPv6.parse('2000::');
/** Public by number, but a cloud's own host agent and metadata address (Azure WireServer). */
const hostAgentAddresses = new Set(['168.63.129.16']);
/** Names that resolvers, proxies and clouds keep for themselves (RFC 6761, 6762, 8375, ICANN 2024-07-29). */
const localSuffixes = ['localhost', 'localdomain', 'local', 'internal', 'home.arpa', 'lan'];

/**
 * Says why an IP address must not be called, or null for a public unicast address. IPv6 forms that
 * carry an IPv4 address (mapped, NAT64) are judged by what they carry; every other transition
 * mechanism is refused, as is what cannot be read.
 */
export function addressProblem(address: string): string | null {
  if (!ipaddr.isValid(address)) return 'unreadable';
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return ipv4Problem(parsed);
  if (parsed.isIPv4MappedAddress()) return ipv4Problem(parsed.toIPv4Address());
  if (parsed.match(nat64Prefix, 96)) return ipv4Problem(embeddedIpv4(parsed));
  if (parsed.range() !== 'unicast') return parsed.range();
  if (!parsed.match(globalUnicastPrefix, 3)) return 'reserved';
  if (carriesIsatap(parsed)) return 'isatap';
  return null;
}

/** True for 127.0.0.0/8, ::1 and the mapped form of the former. */
export function isLoopbackAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'loopback';
}

/** True for a URL's host name that can only mean this machine: a loopback literal or `localhost`. */
export function isLoopbackHost(hostname: string): boolean {
  const name = bareHostname(hostname);
  return name === 'localhost' || name.endsWith('.localhost') || isLoopbackAddress(name);
}

/**
 * Says why a URL's host name must not be called whatever it resolves to, or null. Literals are judged by
 * `addressProblem`; `new URL()` has already turned decimal, octal and hexadecimal forms into dotted ones.
 */
export function hostnameProblem(hostname: string): string | null {
  const name = bareHostname(hostname);
  if (ipaddr.isValid(name)) return addressProblem(name);
  if (name === '' || !name.includes('.')) return 'local name';
  return localSuffixes.some((suffix) => name.endsWith(`.${suffix}`)) ? 'local name' : null;
}

/** A URL's host name without the brackets of an IPv6 literal and without the root's dot, in lower case. */
export function bareHostname(hostname: string): string {
  const unbracketed = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return unbracketed.toLowerCase().replace(/\.$/, '');
}

function ipv4Problem(address: ipaddr.IPv4): string | null {
  if (hostAgentAddresses.has(address.toString())) return 'host agent';
  const range = address.range();
  return range === 'unicast' ? null : range;
}

function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}

/** RFC 5214: an interface identifier of 0000:5efe or 0200:5efe tunnels to the IPv4 address behind it. */
function carriesIsatap(address: ipaddr.IPv6): boolean {
  return (address.parts[4] === 0 || address.parts[4] === 0x200) && address.parts[5] === 0x5efe;
}
