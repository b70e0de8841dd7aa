import type { LoginStepCode } from '../login-codes.ts';

/** Names of the steps, as the timeline of a tracker shows them. */
export const loginStepWords: Readonly<Record<LoginStepCode, string>> = {
  'link-opened': 'Test URL opened',
  'login-started': 'Login started',
  'sent-to-idp': 'Sent to Okta',
  returned: 'Returned from Okta',
  'state-matches': 'Belongs to this browser',
  'code-exchanged': 'Code exchanged for tokens',
  'id-token-signature': 'ID token: signature',
  'id-token-issuer': 'ID token: issuer',
  'id-token-audience': 'ID token: audience',
  'id-token-nonce': 'ID token: nonce',
  'id-token-times': 'ID token: times',
  'id-token-subject': 'ID token: subject',
  userinfo: 'Userinfo read',
  claims: 'Claims',
  'person-found': 'User found',
  refresh: 'Update with UserSync',
  update: 'User updated',
  result: 'Result',
};

/** What is going on when a login has reached this step and no further. */
export const loginStepStands: Readonly<Record<LoginStepCode, string>> = {
  'link-opened': 'test URL opened',
  'login-started': 'on the way to Okta',
  'sent-to-idp': 'at Okta, logging in',
  returned: 'back from Okta',
  'state-matches': 'exchanging the code',
  'code-exchanged': 'checking the ID token',
  'id-token-signature': 'checking the ID token',
  'id-token-issuer': 'checking the ID token',
  'id-token-audience': 'checking the ID token',
  'id-token-nonce': 'checking the ID token',
  'id-token-times': 'checking the ID token',
  'id-token-subject': 'reading the profile',
  userinfo: 'reading the profile',
  claims: 'looking for the user',
  'person-found': 'looking for the user',
  refresh: 'bringing the user up to date',
  update: 'bringing the user up to date',
  result: 'finishing',
};
