import type { Group, User } from '../../org/types.ts';
import type { World } from '../../world.ts';
import { pager, postButton, textField } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { foreign, personName, statusPill, timeText, typeWord } from '../words.ts';

const ROWS = 50;

type MemberWindow = { readonly query: string; readonly offset: number };
type Typed = {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
};

/** One group: its profile, and its members with the ways to change both where Okta allows it. */
export function groupPage(world: World, group: Group, window: MemberWindow, typed?: Typed): Html {
  const action = `/console/groups/${group.id}`;
  const isEditable = group.type === 'OKTA_GROUP';
  return html`<h1>${foreign(group.profile.name)}</h1>
    <p><span class="pill grey" title="${group.type}">${typeWord(group.type)}</span> <code>${group.id}</code></p>
    <dl class="facts">
      <div><dt>Last updated</dt><dd>${timeText(group.lastUpdated)}</dd></div>
      <div><dt>Last membership update</dt><dd>${timeText(group.lastMembershipUpdated)}</dd></div>
    </dl>
    ${isEditable ? profileForm(group, action, typed) : readOnlyProfile(group)}
    ${memberList(world, group, window, isEditable)}`;
}

export function groupFields(
  values: Readonly<Record<string, string>>,
  errors: Readonly<Record<string, string>>,
): Html {
  return html`<div class="fields">
    ${textField({ name: 'name', label: 'Name', value: values.name, error: errors.name, isRequired: true })}
    ${textField({
      name: 'description',
      label: 'Description',
      value: values.description,
      error: errors.description,
    })}
  </div>`;
}

function profileForm(group: Group, action: string, typed: Typed | undefined): Html {
  const { name, description } = group.profile;
  return html`<h2>Profile</h2>
    <form method="post" action="${action}">
      ${groupFields(typed?.values ?? { name, description: description ?? '' }, typed?.errors ?? {})}
      <div class="row">
        <button class="primary">Save</button>
        <a class="button" href="${action}/delete">Delete group</a>
      </div>
    </form>`;
}

function readOnlyProfile(group: Group): Html {
  const why =
    group.type === 'BUILT_IN'
      ? 'Everyone is built in: it holds every person, and nobody can change it.'
      : 'This group is imported from Active Directory. Okta shows it; only the directory can change it.';
  return html`<p>${why}</p>
    ${group.profile.description !== null && html`<p>${foreign(group.profile.description)}</p>`}`;
}

function memberList(world: World, group: Group, window: MemberWindow, isEditable: boolean): Html {
  const path = `/console/groups/${group.id}`;
  const wanted = window.query.trim().toLowerCase();
  const members = world.organisation
    .membersOf(group)
    .flatMap((position) => world.organisation.users[position] ?? [])
    .filter((user) => `${personName(user)} ${user.profile.login}`.toLowerCase().includes(wanted));
  const shown = members.slice(window.offset, window.offset + ROWS);
  return html`<h2>People</h2>
    ${isEditable && addForm(path)}
    <form method="get" action="${path}" class="row" role="search">
      ${textField({ name: 'query', label: 'Name or username', type: 'search', value: window.query })}
      <button>Search</button>
    </form>
    ${shown.length === 0 ? html`<p>No member matches.</p>` : memberTable(group, shown, isEditable)}
    ${pager({ path, query: { query: window.query }, offset: window.offset, limit: ROWS, total: members.length })}`;
}

function addForm(path: string): Html {
  return html`<form method="post" action="${path}/members/add" class="row">
    ${textField({ name: 'person', label: 'Username or id of a person to add', isRequired: true })}
    <button>Add person</button>
  </form>`;
}

function memberTable(group: Group, people: readonly User[], isEditable: boolean): Html {
  const action = `/console/groups/${group.id}/members/remove`;
  return html`<table>
    <caption>Members</caption>
    <thead>
      <tr>
        <th scope="col">Person</th><th scope="col">Username</th><th scope="col">Status</th>
        ${isEditable && html`<th scope="col">Action</th>`}
      </tr>
    </thead>
    <tbody>
      ${people.map((user) => {
        const label = `Remove ${personName(user)}`;
        const remove = postButton({ action, text: 'Remove', label, values: { person: user.id } });
        return html`<tr>
          <th scope="row"><a href="/console/people/${user.id}">${foreign(personName(user))}</a></th>
          <td>${foreign(user.profile.login)}</td>
          <td>${statusPill(user.status)}</td>
          ${isEditable && html`<td>${remove}</td>`}
        </tr>`;
      })}
    </tbody>
  </table>`;
}
