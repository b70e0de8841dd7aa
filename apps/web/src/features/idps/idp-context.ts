import type { Idp } from '@gatehouse/contracts/idp';
import { createContext, useContext } from 'react';

/** The IdP of the page, for its tabs. */
export const IdpContext = createContext<Idp | null>(null);

/** @throws Error outside of an IdP’s page */
export function useIdp(): Idp {
  const idp = useContext(IdpContext);
  if (idp === null) throw new Error('no identity provider around');
  return idp;
}
