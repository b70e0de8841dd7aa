import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';

export type ResolvedAddress = { address: string; family: 4 | 6 };

/** Resolves a host name to all its addresses; rejects with the system's error if it has none. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

/** Refuses a connection because of where the name leads. Its message is for logs, not for answers. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError';
}

/** What the system's resolver says (hosts file, DNS), in its order. */
export async function systemResolve(hostname: string): Promise<ResolvedAddress[]> {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/**
 * A lookup for `net.connect`. The addresses that are judged are the very ones that are connected to, so a
 * name that changes its mind between a check and the connection (DNS rebinding) gains nothing. One refused
 * address refuses the name.
 * @param problemOf says why an address must not be called, or null
 */
export function createGuardedLookup(
  resolve: Resolve,
  problemOf: (address: string) => string | null,
): LookupFunction {
  return (hostname, options, callback) => {
    resolveGuarded(hostname, resolve, problemOf).then(
      (addresses) => {
        const family = options.family === 4 || options.family === 6 ? options.family : null;
        const usable = addresses.filter((entry) => family === null || entry.family === family);
        const first = usable[0];
        if (first === undefined) return callback(notFound(hostname), '', 4);
        if (options.all === true) return callback(null, usable);
        return callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), '', 4),
    );
  };
}

async function resolveGuarded(
  hostname: string,
  resolve: Resolve,
  problemOf: (address: string) => string | null,
): Promise<ResolvedAddress[]> {
  const addresses = await resolve(hostname);
  for (const { address } of addresses) {
    const problem = problemOf(address);
    if (problem !== null) throw new BlockedAddressError(`${hostname} resolves to ${address} (${problem})`);
  }
  return addresses;
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' });
}
