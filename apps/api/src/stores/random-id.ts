import { randomBytes } from 'node:crypto';

/** A random public id: 16 bytes, base64url, 22 characters. */
export function randomPublicId(): string {
  return randomBytes(16).toString('base64url');
}
