import { COLLECTIONS, type FaultKind } from '../faults/fault-input.ts';
import type { Field, Option } from './forms.ts';

/** One input of a fault's form; `choice` has options, the others are numbers or texts. */
export type FaultField = Pick<
  Field,
  'name' | 'label' | 'value' | 'type' | 'help' | 'min' | 'max' | 'step'
> & {
  readonly options?: readonly Option[];
};

export type FaultForm = {
  readonly kind: FaultKind;
  readonly title: string;
  /** What goes wrong, and what a careful client makes of it. */
  readonly story: string;
  readonly fields: readonly FaultField[];
};

const WORDS = { users: 'The list of users', groups: 'The list of groups', members: 'Members of a group' };
const collectionOptions = COLLECTIONS.map((value) => ({ value, label: WORDS[value] }));
const what: FaultField = { name: 'collection', label: 'What', value: 'users', options: collectionOptions };
const whatAny: FaultField = {
  name: 'collection',
  label: 'What',
  value: 'any',
  options: [{ value: 'any', label: 'Every call' }, ...collectionOptions],
};
const page: FaultField = { name: 'page', label: 'Page', value: 1, type: 'number', min: 1, max: 1_000_000 };
const once: FaultField = {
  name: 'times',
  label: 'How often',
  value: '1',
  options: [
    { value: '1', label: 'Once' },
    { value: '3', label: 'Three times' },
    { value: 'for-good', label: 'For good' },
  ],
};
const forGood: FaultField = { ...once, value: 'for-good' };
const skip: FaultField = {
  name: 'skip',
  label: 'Calls that go well first',
  value: 0,
  type: 'number',
  min: 0,
  max: 1_000_000,
};

/** The faults in the order of the page, each with its inputs. */
export const FAULT_FORMS: readonly FaultForm[] = [
  {
    kind: 'rate-limit-storm',
    title: 'Rate limit storm',
    story:
      'Calls are refused with 429. A careful client waits for the reset time and goes on; the sync ends well, later.',
    fields: [
      whatAny,
      {
        name: 'calls',
        label: 'Calls refused',
        value: 5,
        type: 'number',
        min: 1,
        max: 1_000_000,
        help: 'Leave empty to refuse for a time.',
      },
      { name: 'seconds', label: 'Or for seconds', type: 'number', min: 1, max: 86_400 },
      {
        name: 'resetSeconds',
        label: 'Reset promised in seconds',
        value: 1,
        type: 'number',
        min: 0,
        max: 3600,
      },
    ],
  },
  {
    kind: 'server-error',
    title: 'Server error',
    story: 'A page answers 500. Once: a retry gets through. For good: the sync must fail and change nothing.',
    fields: [
      what,
      page,
      once,
      {
        name: 'limitAbove',
        label: 'Only for pages of more rows than',
        value: 0,
        type: 'number',
        min: 0,
        max: 10_000,
        help: '0 strikes pages of any size. Okta times out on big pages: a smaller one gets through.',
      },
    ],
  },
  {
    kind: 'stall',
    title: 'Stalled page',
    story: 'A page begins to arrive and never ends. A client without a time limit waits forever.',
    fields: [what, page, once],
  },
  {
    kind: 'truncate',
    title: 'Truncated page',
    story: 'A page ends in the middle of its JSON. It must not be taken for a short list.',
    fields: [what, page, once],
  },
  {
    kind: 'repeat-cursor',
    title: 'Repeated cursor',
    story: 'The next link of a page leads to the same page. A client that does not notice reads forever.',
    fields: [what, { ...page, value: 2 }, forGood],
  },
  {
    kind: 'empty-list',
    title: 'Empty list',
    story: 'The list comes back empty, with status 200. Taken at its word, everybody has left.',
    fields: [what, forGood],
  },
  {
    kind: 'expired-token',
    title: 'Expired token',
    story: 'Every token is refused with E0000011, at once or half-way through a sync.',
    fields: [whatAny, skip],
  },
  {
    kind: 'narrowed-owner',
    title: 'Narrowed admin',
    story:
      'The admin behind the token lost sight of most people: a few groups are left, and no error is shown. It looks like a mass departure.',
    fields: [
      {
        name: 'share',
        label: 'Part of the people still seen',
        value: 0.2,
        type: 'number',
        min: 0,
        max: 1,
        step: '0.05',
      },
      skip,
    ],
  },
  {
    kind: 'slow',
    title: 'Slow answers',
    story: 'Every answer takes its time. The sync ends well, later.',
    fields: [
      whatAny,
      {
        name: 'milliseconds',
        label: 'Milliseconds for each answer',
        value: 1000,
        type: 'number',
        min: 1,
        max: 600_000,
      },
    ],
  },
  {
    kind: 'html',
    title: 'HTML in place of an answer',
    story: 'A sign-in page with status 200, as a proxy or a wrong address sends it.',
    fields: [whatAny, forGood],
  },
  {
    kind: 'hide-group',
    title: 'Vanishing group',
    story:
      'A group is listed and then gone (404) when its members are read. That is a deleted group, not a failure.',
    fields: [
      {
        name: 'groupId',
        label: 'Group id',
        type: 'text',
        help: 'Empty: the first Okta group that has members.',
      },
      forGood,
    ],
  },
];

/** A posted form as the fault that was meant: empty fields take their default, numbers become numbers. */
export function faultFromForm(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const form = FAULT_FORMS.find((candidate) => candidate.kind === values.kind);
  const input: Record<string, unknown> = { kind: values.kind };
  for (const field of form?.fields ?? []) {
    const text = values[field.name]?.trim() ?? '';
    if (text === '') continue;
    if (text === 'for-good') input[field.name] = null;
    else input[field.name] = field.type === 'number' || field.name === 'times' ? Number(text) : text;
  }
  return input;
}
