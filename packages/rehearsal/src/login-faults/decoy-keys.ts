import type { JWK } from 'jose';
import { newSigningKey } from '../oidc/key-store.ts';

type Key = { readonly kid: string; readonly jwk: JWK };

/** Keys that are not the org's, made when a fault first needs them. */
export class DecoyKeys {
  #rsa: Promise<Key> | undefined;
  #ec: Promise<Key> | undefined;

  rsa(): Promise<Key> {
    this.#rsa ??= newSigningKey('RS256');
    return this.#rsa;
  }

  ec(): Promise<Key> {
    this.#ec ??= newSigningKey('ES256');
    return this.#ec;
  }
}
