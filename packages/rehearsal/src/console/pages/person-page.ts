import { ADMINS } from '../../org/admins.ts';
import { LIFECYCLE, LIFECYCLE_STEPS, type LifecycleStep } from '../../org/edit-people.ts';
import { TEXT_ATTRIBUTES } from '../../org/people-rules.ts';
import type { User } from '../../org/types.ts';
import type { World } from '../../world.ts';
import { postButton, textField } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { foreign, personName, statusPill, timeText, typeWord } from '../words.ts';

const GROUPS_SHOWN = 200;

/** The fields that Okta's page shows first, in its words. */
const MAIN_FIELDS: readonly (readonly [string, string])[] = [
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['login', 'Username'],
  ['email', 'Primary email'],
  ['displayName', 'Display name'],
  ['title', 'Title'],
  ['department', 'Department'],
];

const STEP_WORDS: Readonly<Record<LifecycleStep, string>> = {
  activate: 'Activate',
  suspend: 'Suspend',
  unsuspend: 'Unsuspend',
  unlock: 'Unlock',
  deactivate: 'Deactivate',
};

/** One person: what can be done, the profile, the groups, and what the API answers. */
export function personPage(
  world: World,
  user: User,
  typed?: Readonly<Record<string, string>>,
  errors: Readonly<Record<string, string>> = {},
): Html {
  const action = `/console/people/${user.id}`;
  return html`<h1>${foreign(personName(user))}</h1>
    <p>${statusPill(user.status)} <code>${user.id}</code></p>
    <div class="row">${steps(user, action)}</div>
    ${facts(user)}
    <h2>Profile</h2>
    <form method="post" action="${action}">
      ${profileFields(typed ?? profileTexts(user), errors)}
      <div class="row"><button class="primary">Save</button></div>
    </form>
    ${memberships(world, user)}
    <h2>What the API keeps</h2>
    <details>
      <summary>Profile as JSON</summary>
      <pre tabindex="0" role="region" aria-label="Profile as JSON">${JSON.stringify(user.profile, null, 2)}</pre>
    </details>`;
}

/** The inputs of a profile: the main ones, the others folded away. */
export function profileFields(
  values: Readonly<Record<string, string>>,
  errors: Readonly<Record<string, string>>,
): Html {
  const main = MAIN_FIELDS.map(([name]) => name);
  const others = TEXT_ATTRIBUTES.filter((name) => !main.includes(name));
  const field = (name: string, label: string) =>
    textField({
      name,
      label,
      value: values[name],
      error: errors[name],
      isRequired: name === 'login' || name === 'email',
    });
  const hasHiddenError = others.some((name) => errors[name] !== undefined);
  return html`<div class="fields">${MAIN_FIELDS.map(([name, label]) => field(name, label))}</div>
    <details${hasHiddenError && html` open`}>
      <summary>More attributes</summary>
      <div class="fields">${others.map((name) => field(name, name))}</div>
    </details>`;
}

function profileTexts(user: User): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of TEXT_ATTRIBUTES) {
    const value = user.profile[name];
    if (typeof value === 'string') texts[name] = value;
  }
  return texts;
}

function steps(user: User, action: string): Html[] {
  const possible = LIFECYCLE_STEPS.filter((step) => LIFECYCLE[step].from.includes(user.status));
  const buttons = possible.map((step) =>
    step === 'deactivate'
      ? html`<a class="button" href="${action}/deactivate">${STEP_WORDS[step]}</a>`
      : postButton({ action: `${action}/${step}`, text: STEP_WORDS[step] }),
  );
  const canErase = user.status === 'DEPROVISIONED' && user.position >= ADMINS.length;
  return canErase ? [...buttons, html`<a class="button" href="${action}/delete">Delete</a>`] : buttons;
}

function facts(user: User): Html {
  const rows: readonly (readonly [string, string | null])[] = [
    ['Created', user.created],
    ['Activated', user.activated],
    ['Status changed', user.statusChanged],
    ['Last login', user.lastLogin],
    ['Last updated', user.lastUpdated],
  ];
  return html`<dl class="facts">
    ${rows.map(([label, time]) => html`<div><dt>${label}</dt><dd>${timeText(time)}</dd></div>`)}
  </dl>`;
}

function memberships(world: World, user: User): Html {
  const groups = world.organisation.groupsOf(user);
  return html`<h2>Groups (${groups.length})</h2>
    <ul class="list">
      ${groups.slice(0, GROUPS_SHOWN).map(
        (group) =>
          html`<li>
            <a href="/console/groups/${group.id}">${foreign(group.profile.name)}</a>
            <span class="dim">${typeWord(group.type)}</span>
          </li>`,
      )}
    </ul>
    ${groups.length > GROUPS_SHOWN && html`<p>… and ${groups.length - GROUPS_SHOWN} more.</p>`}`;
}
