import type { SecretKey } from '../secrets/store.ts';

/** Where the client secret of an IdP is kept. */
export function clientSecretKey(idpId: number): SecretKey {
  return { ownerKind: 'idp', ownerId: idpId, name: 'clientSecret' };
}
