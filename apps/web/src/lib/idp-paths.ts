import type { IdpFieldName } from '@gatehouse/contracts/login-codes';

type FieldPlace = { to: '/idps/$idpId/metadata' | '/idps/$idpId/users'; label: string };

const metadata = '/idps/$idpId/metadata';
const users = '/idps/$idpId/users';

/** Where each field of an IdP is, and what a button to it says: “Go to …”. */
const places: Readonly<Record<IdpFieldName, FieldPlace>> = {
  domain: { to: metadata, label: 'the Okta domain' },
  issuer: { to: metadata, label: 'the issuer' },
  clientId: { to: metadata, label: 'the Client ID' },
  clientSecret: { to: metadata, label: 'the client secret' },
  clientAuthentication: { to: metadata, label: 'the client authentication' },
  signingAlgorithm: { to: metadata, label: 'the signing algorithm' },
  scopes: { to: metadata, label: 'the scopes' },
  maximumTokenAgeSeconds: { to: metadata, label: 'the oldest accepted token' },
  updateMethod: { to: users, label: 'the User Update Method' },
  connectorId: { to: users, label: 'the connector' },
  createUsers: { to: users, label: 'the creation of users' },
  matchBy: { to: users, label: 'how people are matched' },
};

/** The tab of an IdP's page that has the field. */
export function fieldPath(field: IdpFieldName): FieldPlace {
  return places[field];
}
