import {
  CLAIMS_KINDS,
  ERROR_RESPONSE_KINDS,
  KEYS_KINDS,
  type LoginFaultKind,
  PLAIN_DISCOVERY_KINDS,
  PLAIN_ID_TOKEN_KINDS,
  PLAIN_RESPONSE_KINDS,
  PLAIN_TOKEN_KINDS,
  STEP_KINDS,
  TIMED_ID_TOKEN_KINDS,
  USERINFO_KINDS,
} from '../login-faults/login-fault-input.ts';
import { STEPS } from '../oidc/authorization-server.ts';
import type { FaultField } from './fault-forms.ts';

/** One card of the page: faults that take the same fields. */
export type LoginFaultForm = {
  readonly title: string;
  readonly story: string;
  readonly kinds: readonly LoginFaultKind[];
  readonly fields: readonly (FaultField & { readonly isLong?: boolean })[];
  readonly isForGood?: boolean;
};

const step: FaultField = {
  name: 'step',
  label: 'Step',
  value: 'token',
  options: STEPS.map((value) => ({ value, label: value })),
};
const [EMAIL_VERIFIED, CLAIMS_REPLACED] = CLAIMS_KINDS;

/** The login faults in the order of the page. */
export const LOGIN_FAULT_FORMS: readonly LoginFaultForm[] = [
  {
    title: 'ID token',
    story:
      'One thing about the ID token is wrong, and the rest is signed as it should be. Nobody may come in.',
    kinds: PLAIN_ID_TOKEN_KINDS,
    fields: [],
  },
  {
    title: 'Times of the ID token',
    story: 'The ID token is too old, from the future, or not yet valid.',
    kinds: TIMED_ID_TOKEN_KINDS,
    fields: [
      {
        name: 'seconds',
        label: 'By seconds',
        type: 'number',
        min: 1,
        max: 1_000_000_000,
        help: 'Empty: as the choice says.',
      },
    ],
  },
  {
    title: 'Token endpoint',
    story: 'The code is redeemed, and what comes back is not what was asked for.',
    kinds: PLAIN_TOKEN_KINDS,
    fields: [],
  },
  {
    title: 'Answer through the browser',
    story: 'The redirect back to the product carries something else than a state and a code.',
    kinds: PLAIN_RESPONSE_KINDS,
    fields: [],
  },
  {
    title: 'Refusal through the browser',
    story: 'Okta sends an error back in place of a code. Its description is text that others wrote.',
    kinds: ERROR_RESPONSE_KINDS,
    fields: [{ name: 'description', label: 'Description', type: 'text', help: 'Empty: Okta’s own words.' }],
  },
  {
    title: 'Userinfo',
    story: 'Userinfo speaks of somebody else than the ID token.',
    kinds: USERINFO_KINDS,
    fields: [],
  },
  {
    title: 'Discovery',
    story: 'The metadata is not there or lacks something. Importing it must say what.',
    kinds: PLAIN_DISCOVERY_KINDS,
    fields: [],
    isForGood: true,
  },
  {
    title: 'Another issuer',
    story: 'The metadata names another issuer than the address it was read from.',
    kinds: ['discovery-issuer-other'],
    fields: [{ name: 'issuer', label: 'Issuer', type: 'text', value: 'https://other-issuer.example' }],
    isForGood: true,
  },
  {
    title: 'Foreign token endpoint',
    story: 'The metadata sends the client secret to another host.',
    kinds: ['discovery-token-endpoint-foreign'],
    fields: [
      {
        name: 'url',
        label: 'Token endpoint',
        type: 'text',
        value: 'https://foreign-tokens.example/oauth2/v1/token',
      },
    ],
    isForGood: true,
  },
  {
    title: 'Keys',
    story: 'The key that signs is not to be found.',
    kinds: KEYS_KINDS,
    fields: [],
    isForGood: true,
  },
  {
    title: 'Any step fails',
    story: 'One step answers with a page, with too many requests, or with an error.',
    kinds: STEP_KINDS,
    fields: [step],
  },
  {
    title: 'A slow step',
    story: 'One step takes its time. A login must not wait forever.',
    kinds: ['step-slow'],
    fields: [
      step,
      { name: 'milliseconds', label: 'Milliseconds', type: 'number', value: 1000, min: 1, max: 600_000 },
    ],
    isForGood: true,
  },
  {
    title: 'An oversized answer',
    story: 'One step sends far too much. A careful client stops reading.',
    kinds: ['step-oversized'],
    fields: [step, { name: 'megabytes', label: 'Megabytes', type: 'number', value: 16, min: 1, max: 256 }],
  },
  {
    title: 'Wrong clock',
    story: 'Okta’s clock and yours differ: every time and every Date header is shifted.',
    kinds: ['clock-skew'],
    fields: [
      {
        name: 'seconds',
        label: 'Seconds ahead',
        type: 'number',
        value: 600,
        min: -1_000_000_000,
        max: 1_000_000_000,
        help: 'Negative: behind.',
      },
    ],
    isForGood: true,
  },
  {
    title: 'Verified e-mail',
    story: 'What email_verified says, in the ID token and in userinfo.',
    kinds: [EMAIL_VERIFIED],
    fields: [
      {
        name: 'value',
        label: 'Value',
        value: 'false',
        options: ['false', 'true', '"true"', '"false"', '1', '"absent"'].map((value) => ({
          value,
          label: value === '"absent"' ? 'not there' : value,
        })),
      },
    ],
    isForGood: true,
  },
  {
    title: 'Hostile claims',
    story: 'Claims of your own in place of the person’s, in the ID token and in userinfo.',
    kinds: [CLAIMS_REPLACED],
    fields: [
      {
        name: 'claims',
        label: 'Claims as JSON',
        value: '{"name": "<b>Bold</b>", "groups": ["a", "b"], "given_name": null}',
        help: 'null takes a claim away.',
        isLong: true,
      },
    ],
    isForGood: true,
  },
];

/** Fields whose text is JSON. */
const JSON_FIELDS = new Set(['value', 'claims', 'seconds', 'milliseconds', 'megabytes']);

/** A posted form as the fault that was meant. Throws SyntaxError when a text that must be JSON is none. */
export function loginFaultFromForm(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const { kind, times, clientId, ...fields } = values;
  const input: Record<string, unknown> = { kind };
  if (times) input.times = times === 'for-good' ? null : Number(times);
  if (clientId) input.clientId = clientId;
  for (const [name, text] of Object.entries(fields)) {
    if (text.trim() === '') continue;
    input[name] = JSON_FIELDS.has(name) ? JSON.parse(text) : text.trim();
  }
  return input;
}
