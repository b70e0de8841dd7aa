import type { LoginFailureCode, LoginStepCode } from '@gatehouse/contracts/login-codes';
import type { RehearsalControl } from '@gatehouse/rehearsal/control-client';

export type LoginFault = Parameters<RehearsalControl['loginFaults']['set']>[0];

/** A text, or its form; `{issuer}`, `{hostname}`, `{clientId}` and `{subject}` stand for those of the login. */
type Text = string | RegExp;

/** A fault that ends the login: where, why, and what its check wanted and got. */
export type RefusedRow = {
  readonly fault: LoginFault;
  readonly step: LoginStepCode;
  readonly code: LoginFailureCode;
  readonly expected: Text;
  readonly seen: Text;
  /** Of the page. */
  readonly status: 400 | 403 | 502;
  /** Strikes while the keys are fetched, so they must not be known. */
  readonly coldKeys?: true;
};

type Checked = readonly [fault: LoginFault, code: LoginFailureCode, expected: Text, seen: Text];

const sent = 'the one that was sent';
const other = '0oaSomebodyElse00000';
const time = /^\w+ 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/;
const instant = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/;

/** The token never gets to userinfo. */
function refusedToken(step: LoginStepCode, rows: readonly Checked[]): RefusedRow[] {
  return rows.map(([fault, code, expected, seen]) => ({ fault, step, code, expected, seen, status: 502 }));
}

function missing(kind: LoginFault['kind'], claim: string): Checked {
  return [{ kind } as LoginFault, 'id-token-claim-missing', `“${claim}” is there`, 'missing'];
}

const idTokenRows: readonly RefusedRow[] = [
  ...refusedToken('id-token-signature', [
    [{ kind: 'id-token-alg-none' }, 'id-token-algorithm', 'RS256', 'none'],
    [{ kind: 'id-token-alg-hs256' }, 'id-token-algorithm', 'RS256', 'HS256'],
    [{ kind: 'id-token-alg-es256' }, 'id-token-algorithm', 'RS256', 'ES256'],
    [{ kind: 'id-token-crit-header' }, 'id-token-crit', 'no critical extension', '["urn:example:must"]'],
    [{ kind: 'id-token-signature-broken' }, 'id-token-signature', 'made by the named key', 'differs'],
    [
      { kind: 'id-token-kid-unknown' },
      'id-token-key-unknown',
      'one of the published keys',
      /^key [\w-]{43}$/,
    ],
    [
      { kind: 'id-token-at-hash-wrong' },
      'id-token-at-hash',
      'hash of the access token that came with it',
      'differs',
    ],
  ]),
  {
    fault: { kind: 'id-token-kid-missing-many-keys' },
    step: 'id-token-signature',
    code: 'id-token-key-ambiguous',
    expected: 'a key id',
    seen: 'none',
    status: 502,
    coldKeys: true,
  },
  ...refusedToken('id-token-issuer', [
    missing('id-token-iss-missing', 'iss'),
    [{ kind: 'id-token-iss-wrong' }, 'id-token-issuer', '{issuer}', 'https://wrong-issuer.example'],
    [{ kind: 'id-token-iss-foreign' }, 'id-token-issuer', '{issuer}', '{issuer}/oauth2/default'],
  ]),
  ...refusedToken('id-token-audience', [
    missing('id-token-aud-missing', 'aud'),
    [{ kind: 'id-token-aud-wrong' }, 'id-token-audience', '{clientId}', other],
    [{ kind: 'id-token-aud-extra' }, 'id-token-audience', '{clientId}', `["{clientId}","${other}"]`],
    [{ kind: 'id-token-azp-other' }, 'id-token-authorized-party', '{clientId}, or none', other],
  ]),
  ...refusedToken('id-token-nonce', [
    [{ kind: 'id-token-nonce-wrong' }, 'id-token-nonce', sent, 'differs'],
    [{ kind: 'id-token-nonce-missing' }, 'id-token-nonce', sent, 'missing'],
  ]),
  ...refusedToken('id-token-times', [
    missing('id-token-exp-missing', 'exp'),
    missing('id-token-iat-missing', 'iat'),
    [{ kind: 'id-token-exp-past', seconds: 60 }, 'id-token-expired', time, instant],
    [{ kind: 'id-token-exp-past' }, 'id-token-expired', time, instant],
    [{ kind: 'id-token-iat-old', seconds: 660 }, 'id-token-issued-long-ago', time, instant],
    [{ kind: 'id-token-iat-old' }, 'id-token-issued-long-ago', time, instant],
    [{ kind: 'id-token-iat-ahead', seconds: 180 }, 'id-token-issued-in-future', time, instant],
    [{ kind: 'id-token-iat-ahead' }, 'id-token-issued-in-future', time, instant],
    [{ kind: 'id-token-nbf-future', seconds: 90 }, 'id-token-not-yet-valid', time, instant],
    [{ kind: 'id-token-nbf-future' }, 'id-token-not-yet-valid', time, instant],
    [{ kind: 'clock-skew', seconds: 600 }, 'id-token-issued-in-future', time, instant],
    [{ kind: 'clock-skew', seconds: -900 }, 'id-token-issued-long-ago', time, instant],
    [{ kind: 'clock-skew', seconds: -7200 }, 'id-token-expired', time, instant],
  ]),
  ...refusedToken('id-token-subject', [
    missing('id-token-sub-missing', 'sub'),
    [{ kind: 'id-token-sub-empty' }, 'id-token-subject', '1 to 255 ASCII characters', 'empty'],
    [{ kind: 'id-token-sub-long' }, 'id-token-subject', '1 to 255 ASCII characters', '300 characters'],
    [
      { kind: 'id-token-sub-non-ascii' },
      'id-token-subject',
      '1 to 255 ASCII characters',
      '00uJosé営業00000000',
    ],
  ]),
];

const keysRows: readonly RefusedRow[] = (
  [
    [{ kind: 'jwks-lacks-key' }, 'id-token-key-unknown', 'one of the published keys', /^key /],
    [{ kind: 'jwks-empty' }, 'id-token-key-unknown', 'one of the published keys', /^key /],
    [{ kind: 'step-html', step: 'keys' }, 'keys-unreachable', 'a list of usable keys', 'a web page'],
    [
      { kind: 'step-too-many-requests', step: 'keys' },
      'keys-unreachable',
      'a list of usable keys',
      'status 429',
    ],
    [{ kind: 'step-server-error', step: 'keys' }, 'keys-unreachable', 'a list of usable keys', 'status 500'],
    [
      { kind: 'step-oversized', step: 'keys', megabytes: 2 },
      'answer-too-large',
      'an answer of {hostname}',
      'too-large',
    ],
  ] satisfies Checked[]
).map(([fault, code, expected, seen]) => ({
  fault,
  step: 'id-token-signature',
  code,
  expected,
  seen,
  status: 502,
  coldKeys: true,
}));

const tokenRows: readonly RefusedRow[] = refusedToken('code-exchanged', [
  [{ kind: 'id-token-missing' }, 'id-token-missing', 'an ID token', 'none'],
  [{ kind: 'token-type-odd' }, 'token-type-unknown', 'Bearer', 'mac'],
  [{ kind: 'token-client-refused' }, 'token-client-refused', 'tokens', 'invalid_client'],
  [{ kind: 'step-html', step: 'token' }, 'token-unreadable', 'tokens', 'a web page'],
  [{ kind: 'step-too-many-requests', step: 'token' }, 'token-rate-limited', 'tokens', 'status 429'],
  [{ kind: 'step-server-error', step: 'token' }, 'token-server-failed', 'tokens', 'status 500'],
  [
    { kind: 'step-oversized', step: 'token', megabytes: 2 },
    'answer-too-large',
    'an answer of {hostname}',
    'too-large',
  ],
]);

const profile = 'a profile in JSON';
const userinfoRows: readonly RefusedRow[] = refusedToken('userinfo', [
  [{ kind: 'userinfo-sub-other' }, 'userinfo-subject', '{subject}', /^00u/],
  [{ kind: 'userinfo-sub-missing' }, 'userinfo-subject', '{subject}', 'missing'],
  [{ kind: 'step-html', step: 'userinfo' }, 'userinfo-unreadable', profile, 'a web page'],
  [{ kind: 'step-too-many-requests', step: 'userinfo' }, 'userinfo-failed', profile, 'status 429'],
  [{ kind: 'step-server-error', step: 'userinfo' }, 'userinfo-failed', profile, 'status 500'],
  [
    { kind: 'step-oversized', step: 'userinfo', megabytes: 2 },
    'answer-too-large',
    'an answer of {hostname}',
    'too-large',
  ],
]);

type Answered = readonly [...Checked, status: 400 | 403 | 502];

function refusedAnswer(step: LoginStepCode, rows: readonly Answered[]): RefusedRow[] {
  return rows.map(([fault, code, expected, seen, status]) => ({ fault, step, code, expected, seen, status }));
}

const denied = 'response-access-denied';
const responseRows: readonly RefusedRow[] = [
  ...refusedAnswer('returned', [
    [{ kind: 'response-iss-wrong' }, 'response-iss-differs', '{issuer}', 'https://wrong-issuer.example', 502],
    [
      { kind: 'response-state-doubled' },
      'parameter-doubled',
      'each parameter once',
      'state more than once',
      400,
    ],
    [
      { kind: 'response-code-doubled' },
      'parameter-doubled',
      'each parameter once',
      'code more than once',
      400,
    ],
    [{ kind: 'response-code-missing' }, 'code-missing', 'a code', 'none', 400],
    [{ kind: denied }, 'upstream-not-assigned', 'a code', 'access_denied', 403],
    [
      { kind: denied, description: 'Policy evaluation failed for this request.' },
      'upstream-policy',
      'a code',
      'access_denied',
      403,
    ],
    [{ kind: denied, description: 'No.' }, 'upstream-access-denied', 'a code', 'access_denied', 403],
    [{ kind: 'response-server-error' }, 'upstream-server-error', 'a code', 'server_error', 502],
  ]),
  ...refusedAnswer('state-matches', [
    [{ kind: 'response-state-wrong' }, 'state-differs', sent, 'differs', 400],
    [{ kind: 'response-state-missing' }, 'state-missing', sent, 'missing', 400],
  ]),
];

/** Every fault that must end a login. */
export const refusedRows: readonly RefusedRow[] = [
  ...responseRows,
  ...tokenRows,
  ...keysRows,
  ...idTokenRows,
  ...userinfoRows,
];

/** A fault that must be survived, and what the timeline of a test says of it. */
export type PassedRow = {
  readonly fault: LoginFault;
  readonly step: LoginStepCode;
  readonly fact: RegExp;
  readonly coldKeys?: true;
};

/** Steps that no login takes, and what only Import Metadata reads: a login uses what is stored. */
export const untouchedFaults: readonly LoginFault[] = [
  { kind: 'discovery-without-s256' },
  { kind: 'discovery-without-code-flow' },
  { kind: 'discovery-without-jwks-uri' },
  { kind: 'discovery-not-found' },
  { kind: 'discovery-redirect' },
  { kind: 'discovery-issuer-other' },
  { kind: 'discovery-token-endpoint-foreign' },
  ...(['discovery', 'logout', 'introspect', 'revoke'] as const).flatMap((step) =>
    (
      ['step-html', 'step-too-many-requests', 'step-server-error', 'step-oversized', 'step-slow'] as const
    ).map((kind) => ({ kind, step })),
  ),
];

const unharmed = { step: 'result', fact: /^.+ would be logged in\. Nothing was written\.$/ } as const;
const slow = { milliseconds: 250 } as const;
const aWhile = /answered 200 in (2[5-9]\d|[3-9]\d\d|\d{4,}) ms$/;

/** Every fault that a login must survive. */
export const passedRows: readonly PassedRow[] = [
  {
    fault: { kind: 'id-token-aud-array' },
    step: 'id-token-audience',
    fact: /^\["0oa\w+"\]$/,
  },
  { fault: { kind: 'id-token-at-hash-missing' }, step: 'id-token-signature', fact: /^RS256, key / },
  {
    fault: { kind: 'id-token-kid-missing' },
    step: 'id-token-signature',
    fact: /^RS256, the only key$/,
    coldKeys: true,
  },
  { fault: { kind: 'id-token-kid-missing' }, step: 'id-token-signature', fact: /^RS256, the only key$/ },
  { fault: { kind: 'key-rotated' }, step: 'id-token-signature', fact: /^RS256, key / },
  {
    fault: { kind: 'id-token-exp-past', seconds: 15 },
    step: 'id-token-times',
    fact: /, ended 1\d s ago, less than the 30 s that clocks may differ$/,
  },
  {
    fault: { kind: 'id-token-iat-old', seconds: 300 },
    step: 'id-token-times',
    fact: /^issued 3\d\d s ago, ends /,
  },
  {
    fault: { kind: 'id-token-iat-ahead', seconds: 60 },
    step: 'id-token-times',
    fact: /^issued (6[01]|5\d) s in the future, the clocks differ, ends /,
  },
  { fault: { kind: 'id-token-nbf-future', seconds: 20 }, step: 'id-token-times', fact: /^issued \d s ago/ },
  {
    fault: { kind: 'clock-skew', seconds: 60 },
    step: 'id-token-times',
    fact: /^issued (6[01]|5\d) s in the future, the clocks differ, ends /,
  },
  {
    fault: { kind: 'clock-skew', seconds: -300 },
    step: 'id-token-times',
    fact: /^issued 3\d\d s ago, ends /,
  },
  { fault: { kind: 'response-iss-added' }, step: 'returned', fact: /^with a code$/ },
  ...([true, false, 'true', 'false', 1, 'absent'] as const).map(
    (value): PassedRow => ({
      fault: { kind: 'email-verified', value },
      step: 'claims',
      fact: /^\d+, among them preferred_username, email, /,
    }),
  ),
  { fault: { kind: 'step-slow', step: 'authorize', ...slow }, ...unharmed },
  { fault: { kind: 'step-oversized', step: 'authorize', megabytes: 2 }, ...unharmed },
  { fault: { kind: 'step-slow', step: 'token', ...slow }, step: 'code-exchanged', fact: aWhile },
  { fault: { kind: 'step-slow', step: 'userinfo', ...slow }, step: 'userinfo', fact: aWhile },
  {
    fault: { kind: 'step-slow', step: 'keys', ...slow },
    step: 'id-token-signature',
    fact: /^RS256, key /,
    coldKeys: true,
  },
];

/** Faults that keep the browser at the upstream. */
export const strandedRows: readonly { readonly fault: LoginFault; readonly status: number }[] = [
  { fault: { kind: 'step-html', step: 'authorize' }, status: 200 },
  { fault: { kind: 'step-too-many-requests', step: 'authorize' }, status: 429 },
  { fault: { kind: 'step-server-error', step: 'authorize' }, status: 500 },
];

/** Claims of a person who means no good; what is said of them depends on what they are for. */
export const hostileClaims = {
  markup: {
    name: '<script>alert(1)</script>',
    given_name: '<img src=x onerror=alert(1)>',
    family_name: '"><a href="javascript:alert(1)">x</a>',
  },
  bidi: { name: 'Ann\u202Egro.live\u202C \u2066x\u2069', given_name: '\u200FAnn', family_name: 'A\u00ADnn' },
  control: { name: 'Ann\u0000\u001B[31m', given_name: 'Ann\r\nSet-Cookie: a=b', family_name: '\u0085' },
  huge: { name: 'x'.repeat(100_000), given_name: 'y'.repeat(100_000), family_name: 'z'.repeat(100_000) },
  otherTypes: { name: ['Ann'], given_name: { $ne: null }, family_name: 7, email: [], email_verified: {} },
  prototype: { constructor: 'x', toString: 'x', hasOwnProperty: 'x' },
} as const;
