import crypto, { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { createTurnstile } from './turnstile.ts';

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const argon2Cost = { m: 19_456, t: 2, p: 1 };
/** The same source, for a Node before 24.7, which has no argon2. 128 MiB. */
const scryptCost = { ln: 17, r: 8, p: 1 };
const saltBytes = 16;
const hashBytes = 32;

/** Two at a time: 256 MiB at the worst, and two of libuv's four threads stay free for files and names. */
const turnstile = createTurnstile({ atOnce: 2, waiting: 50 });

/** PHC strings: https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md */
const argon2Format = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const scryptFormat = /^\$scrypt\$ln=(\d{1,2}),r=(\d),p=(\d)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

type Recipe =
  | { algorithm: 'argon2id'; m: number; t: number; p: number }
  | { algorithm: 'scrypt'; ln: number; r: number; p: number };
type ParsedHash = { recipe: Recipe; salt: Buffer; hash: Buffer };

const hasArgon2 = typeof crypto.argon2 === 'function';
const currentRecipe: Recipe = hasArgon2
  ? { algorithm: 'argon2id', ...argon2Cost }
  : { algorithm: 'scrypt', ...scryptCost };
const derive = promisify<string, Buffer, number, crypto.ScryptOptions, Buffer>(scrypt);
/** Of no password: what stands in its place is random. */
const hashOfNothing = format(currentRecipe, randomBytes(saltBytes), randomBytes(hashBytes));

/**
 * Hashes a password with argon2id, as a PHC string.
 * @throws TurnstileFullError if too many are waiting
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return format(currentRecipe, salt, await compute(currentRecipe, password, salt));
}

/**
 * Compares in constant time; false for a stored text that is no hash of ours.
 * @throws TurnstileFullError if too many are waiting
 */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parsed = parse(stored);
  if (parsed === null) return verifyAgainstNothing(password);
  const computed = await compute(parsed.recipe, password, parsed.salt);
  return computed.length === parsed.hash.length && timingSafeEqual(computed, parsed.hash);
}

/** Takes as long as `verifyPassword` and is false: for a user who is not there or has no password. */
export async function verifyAgainstNothing(password: string): Promise<false> {
  await verifyPassword(password, hashOfNothing);
  return false;
}

/** Whether the hash was made with another recipe than today's: hash anew at the next sign-in. */
export function needsRehash(stored: string): boolean {
  const parsed = parse(stored);
  return parsed === null || JSON.stringify(parsed.recipe) !== JSON.stringify(currentRecipe);
}

/** Spellings of one password that look the same (RFC 8265, NFC) hash the same. */
async function compute(recipe: Recipe, password: string, salt: Buffer): Promise<Buffer> {
  const message = password.normalize('NFC');
  return turnstile(() =>
    recipe.algorithm === 'argon2id' ? argon2id(recipe, message, salt) : scryptWith(recipe, message, salt),
  );
}

function argon2id(
  recipe: { m: number; t: number; p: number },
  message: string,
  nonce: Buffer,
): Promise<Buffer> {
  const cost = { memory: recipe.m, passes: recipe.t, parallelism: recipe.p };
  return new Promise((resolve, reject) => {
    crypto.argon2('argon2id', { message, nonce, tagLength: hashBytes, ...cost }, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    );
  });
}

function scryptWith(
  recipe: { ln: number; r: number; p: number },
  message: string,
  salt: Buffer,
): Promise<Buffer> {
  const N = 2 ** recipe.ln;
  return derive(message, salt, hashBytes, { N, r: recipe.r, p: recipe.p, maxmem: 256 * N * recipe.r });
}

function format(recipe: Recipe, salt: Buffer, hash: Buffer): string {
  const cost =
    recipe.algorithm === 'argon2id'
      ? `argon2id$v=19$m=${recipe.m},t=${recipe.t},p=${recipe.p}`
      : `scrypt$ln=${recipe.ln},r=${recipe.r},p=${recipe.p}`;
  return `$${cost}$${unpadded(salt)}$${unpadded(hash)}`;
}

function parse(stored: string): ParsedHash | null {
  const argon = argon2Format.exec(stored);
  if (argon !== null) {
    const [, m, t, p, salt = '', hash = ''] = argon;
    return parsedHash({ algorithm: 'argon2id', m: Number(m), t: Number(t), p: Number(p) }, salt, hash);
  }
  const old = scryptFormat.exec(stored);
  if (old === null) return null;
  const [, ln, r, p, salt = '', hash = ''] = old;
  return parsedHash({ algorithm: 'scrypt', ln: Number(ln), r: Number(r), p: Number(p) }, salt, hash);
}

function parsedHash(recipe: Recipe, salt: string, hash: string): ParsedHash | null {
  const isAffordable = recipe.algorithm === 'argon2id' ? recipe.m <= 262_144 && hasArgon2 : recipe.ln <= 18;
  if (!isAffordable) return null;
  return { recipe, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
