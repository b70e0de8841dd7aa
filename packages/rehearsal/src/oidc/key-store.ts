import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** A key that signs ID tokens, with its private half. */
export type SigningKey = {
  readonly kid: string;
  readonly jwk: JWK;
  /** Whether the JWKS still lists it. */
  readonly isPublished: boolean;
};

const KEPT = 5;

/** The RS256 keys of the org, made when first asked for: 2048 bits take a moment. */
export class KeyStore {
  #keys: readonly SigningKey[];
  #making: Promise<void> | undefined;
  readonly #onChange: () => void;

  constructor(keys: readonly SigningKey[], onChange: () => void) {
    this.#keys = keys;
    this.#onChange = onChange;
  }

  /** What there is so far, newest last. */
  list(): readonly SigningKey[] {
    return this.#keys;
  }

  /** The key that signs now. */
  async current(): Promise<SigningKey> {
    if (this.#keys.length === 0) {
      this.#making ??= this.rotate().then(() => undefined);
      await this.#making;
    }
    const key = this.#keys.at(-1);
    if (!key) throw new Error('The rehearsal has no signing key');
    return key;
  }

  /** Every key, the withdrawn ones too, for tokens that come back as a hint. */
  async all(): Promise<readonly SigningKey[]> {
    await this.current();
    return this.#keys;
  }

  /** Signs with a new key from now on. The former ones leave the JWKS, unless they are to be kept there. */
  async rotate(options: { keepFormer?: boolean } = {}): Promise<SigningKey> {
    const key: SigningKey = { ...(await newSigningKey('RS256')), isPublished: true };
    const former = this.#keys.map((known) => ({
      ...known,
      isPublished: known.isPublished && options.keepFormer === true,
    }));
    this.#keys = [...former, key].slice(-KEPT);
    this.#onChange();
    return key;
  }
}

/** A new key pair as a private JWK with a kid in Okta's shape. */
export async function newSigningKey(alg: 'RS256' | 'ES256'): Promise<{ kid: string; jwk: JWK }> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const kid = randomBytes(32).toString('base64url');
  return { kid, jwk: { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' } };
}

/** The public half of a key, as a JWKS lists it. */
export function publicJwk(key: { jwk: JWK }): JWK {
  const { kty, kid, alg, use, n, e, crv, x, y } = key.jwk;
  const jwk = { kty, alg, kid, use, n, e, crv, x, y };
  return Object.fromEntries(Object.entries(jwk).filter(([, value]) => value !== undefined)) as JWK;
}
