import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type AppKey, AppKeyError } from './app-key.ts';

/** Where a secret is stored. Bound to it as associated data: a secret moved to another row does not open. */
export type SecretPlace = { table: string; row: string; column: string };

export type SecretBoxErrorCode = 'not-sealed' | 'unknown-key' | 'damaged';

/** A stored secret cannot be opened. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
  readonly code: SecretBoxErrorCode;

  constructor(code: SecretBoxErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** Encrypts secrets for storage: `enc:v1:<key id>:<base64url of IV, ciphertext and tag>`, AES-256-GCM. */
export type SecretBox = {
  /** Encrypts with the current key and a random IV; the same secret never looks the same twice. */
  seal: (secret: string, place: SecretPlace) => string;
  /**
   * @throws SecretBoxError `not-sealed` for another format, `unknown-key` if no key has its id, `damaged` if it
   *   was changed or belongs to another place
   */
  open: (stored: string, place: SecretPlace) => string;
  /** Whether an older key sealed it, so that it should be sealed anew. */
  needsRotation: (stored: string) => boolean;
};

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const format = /^enc:v1:([0-9a-f]+):([A-Za-z0-9_-]+)$/;
const canaryPlace: SecretPlace = { table: 'app', row: 'key', column: 'canary' };
const canaryText = 'gatehouse';

/** Makes a box of the application keys; the first one seals. */
export function createSecretBox({ keys }: { keys: readonly [AppKey, ...AppKey[]] }): SecretBox {
  const current = keys[0].id;
  const ciphers = new Map(keys.map((key) => [key.id, deriveKey(key)]));

  function keyFor(id: string): Buffer {
    const key = ciphers.get(id);
    if (key === undefined) throw new SecretBoxError('unknown-key', `No key with the id ${id} is configured`);
    return key;
  }

  return {
    seal: (secret, place) => `enc:v1:${current}:${encrypt(keyFor(current), secret, place)}`,
    open: (stored, place) => {
      const { id, payload } = parse(stored);
      return decrypt(keyFor(id), payload, place);
    },
    needsRotation: (stored) => parse(stored).id !== current,
  };
}

/** A sealed known text. The store keeps it beside the secrets, so that a wrong key is noticed at the start. */
export function createKeyCanary(box: SecretBox): string {
  return box.seal(canaryText, canaryPlace);
}

/**
 * Checks that the configured keys are the ones that sealed what is stored.
 * @returns the canary to keep from now on: a new one if an older key had sealed it
 * @throws AppKeyError `wrong-key`; the process must not start
 */
export function checkKeyCanary(box: SecretBox, stored: string): string {
  try {
    if (box.open(stored, canaryPlace) !== canaryText)
      throw new SecretBoxError('damaged', 'not the text expected');
  } catch (cause) {
    const message =
      'The key does not open the stored secrets. Give the key that was used before; to change it, put the new one into the first line of the key file and keep the old one in the second.';
    throw new AppKeyError('wrong-key', message, cause);
  }
  return box.needsRotation(stored) ? createKeyCanary(box) : stored;
}

function encrypt(key: Buffer, secret: string, place: SecretPlace): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  cipher.setAAD(associatedData(place));
  const parts = [iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64url');
}

function decrypt(key: Buffer, payload: Buffer, place: SecretPlace): string {
  if (payload.length < ivBytes + tagBytes) throw new SecretBoxError('damaged', 'A stored secret is cut off');
  const decipher = createDecipheriv(algorithm, key, payload.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(associatedData(place));
  decipher.setAuthTag(payload.subarray(-tagBytes));
  try {
    return decipher.update(payload.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    const where = `${place.table}.${place.column}`;
    throw new SecretBoxError('damaged', `A secret in ${where} was changed, or belongs to another row`, cause);
  }
}

function parse(stored: string): { id: string; payload: Buffer } {
  const [, id, payload] = format.exec(stored) ?? [];
  if (id === undefined || payload === undefined)
    throw new SecretBoxError('not-sealed', 'Not a sealed secret');
  return { id, payload: Buffer.from(payload, 'base64url') };
}

function associatedData({ table, row, column }: SecretPlace): Buffer {
  return Buffer.from(`${table}:${row}:${column}`, 'utf8');
}

/** The application key may serve other purposes, each with a key of its own (RFC 5869). */
function deriveKey(key: AppKey): Buffer {
  return Buffer.from(hkdfSync('sha256', key.bytes, '', 'gatehouse secret box v1', 32));
}
