import { randomBytes } from 'node:crypto';

const bytesOfId = 16;
/** What ids that are made together begin with: 8 characters. */
const bytesInCommon = 6;

/** A random public id: 16 bytes, base64url, 22 characters. */
export function randomPublicId(): string {
  return randomBytes(bytesOfId).toString('base64url');
}

/**
 * Random public ids for rows that are written together. They share their first 48 random bits, so that they lie side by
 * side in an index: ids that have nothing in common cost a page each. 80 random bits tell one from the other.
 */
export function* randomPublicIds(): Generator<string, never> {
  const common = randomBytes(bytesInCommon);
  const own = bytesOfId - bytesInCommon;
  for (;;) {
    const random = randomBytes(own * 256);
    for (let from = 0; from < random.length; from += own) {
      yield Buffer.concat([common, random.subarray(from, from + own)]).toString('base64url');
    }
  }
}
