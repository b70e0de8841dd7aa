import type { App } from '../../apps/app.ts';
import type { Group, User } from '../../org/types.ts';
import type { World } from '../../world.ts';
import { copyField, postButton, selectField, textField } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { defaultButton } from '../uri-list.ts';
import { foreign, personName, statusPill, typeWord } from '../words.ts';
import { APPLICATIONS, appFields, KIND_WORDS, proposals, type TypedApp } from './app-form.ts';

export type AppTab = 'general' | 'sign-on' | 'assignments';

const TABS: readonly (readonly [AppTab, string, string])[] = [
  ['general', 'General', ''],
  ['sign-on', 'Sign On', '/sign-on'],
  ['assignments', 'Assignments', '/assignments'],
];
const PROPOSED_GROUPS = 200;

type Errors = Readonly<Record<string, string>>;

/** One app: its heading, its tabs, and what the tab shows. */
export function appPage(app: App, tab: AppTab, body: Html): Html {
  const path = `${APPLICATIONS}/${app.id}`;
  return html`<h1>${foreign(app.name)}</h1>
    <p>${appStatusPill(app)} ${KIND_WORDS[app.kind].title}, OpenID Connect</p>
    <nav class="tabs" aria-label="App">
      ${TABS.map(([name, label, rest]) => {
        const mark = name === tab ? html` aria-current="page"` : '';
        return html`<a href="${path}${rest}"${mark}>${label}</a>`;
      })}
    </nav>
    ${body}`;
}

export function appStatusPill(app: App): Html {
  const isActive = app.status === 'ACTIVE';
  return html`<span class="pill ${isActive ? 'green' : 'grey'}">${isActive ? 'Active' : 'Inactive'}</span>`;
}

/** General: the credentials, and the settings to edit. */
export function generalTab(world: World, app: App, typed: TypedApp = app, errors: Errors = {}): Html {
  const path = `${APPLICATIONS}/${app.id}`;
  return html`<h2>Client Credentials</h2>
    ${copyField({
      id: 'client-id',
      label: 'Client ID',
      value: app.id,
      help: 'Public identifier for the client that is required for all OAuth flows.',
    })}
    ${
      app.secret === null
        ? html`<p>An app of this type has no client secret: it proves itself by PKCE.</p>`
        : copyField({ id: 'client-secret', label: 'Client secret', value: app.secret })
    }
    ${copyField({ id: 'okta-domain', label: 'Okta domain', value: world.origin })}
    ${app.secret !== null && html`<p><a class="button" href="${path}/secret">Generate new secret</a></p>`}
    <h2>General Settings</h2>
    <form method="post" action="${path}">
      ${defaultButton()} ${appFields(typed, errors)}
      <p class="choice">
        <input type="checkbox" id="require-pkce" name="requirePkce" value="yes"
          ${app.requirePkce && html`checked`} ${app.kind !== 'web' && html`disabled`} />
        <label for="require-pkce">Require PKCE as additional verification</label>
      </p>
      <div class="row"><button class="primary">Save</button></div>
    </form>
    <h2>Status</h2>
    ${statusActions(app)}`;
}

/** As in Okta, only an app that was deactivated can be deleted. */
function statusActions(app: App): Html {
  const path = `${APPLICATIONS}/${app.id}`;
  if (app.status === 'ACTIVE') {
    return html`<p>An app is deactivated first, and can be deleted then.</p>
      <p><a class="button" href="${path}/deactivate">Deactivate</a></p>`;
  }
  return html`<p>Nobody can sign in to an inactive app, and its secret is refused.</p>
    <div class="row">
      ${postButton({ action: `${path}/activate`, text: 'Activate', tone: 'primary' })}
      <a class="button" href="${path}/delete">Delete</a>
    </div>`;
}

/** Sign On: what the ID token says. */
export function signOnTab(world: World, app: App, typed?: string, error?: string): Html {
  return html`<h2>OpenID Connect ID Token</h2>
    <dl class="facts">
      <div><dt>Issuer</dt><dd><code>${world.origin}</code></dd></div>
      <div><dt>Audience</dt><dd><code>${app.id}</code></dd></div>
      <div><dt>Claims</dt><dd>Of the scopes that the app asks for</dd></div>
    </dl>
    <form method="post" action="${APPLICATIONS}/${app.id}/sign-on">
      ${selectField({
        name: 'filter',
        label: 'Groups claim filter',
        value: app.groupsRegex === null && typed === undefined ? 'none' : 'regex',
        options: [
          { value: 'none', label: 'None: no groups are sent' },
          { value: 'regex', label: 'Matches regex' },
        ],
        help: 'Sent with the scope “groups”. A login fails when more than 100 groups match.',
      })}
      ${textField({
        name: 'regex',
        label: 'Regular expression for names of groups',
        value: typed ?? app.groupsRegex ?? '',
        help: 'Matched against the whole name: .* is every group.',
        error,
      })}
      <button class="primary">Save</button>
    </form>`;
}

/** Assignments: the people and the groups that may use the app. */
export function assignmentsTab(world: World, app: App): Html {
  const path = `${APPLICATIONS}/${app.id}/assignments`;
  const { organisation } = world;
  const people = app.assignments.people.flatMap((id) => organisation.userById(id) ?? []);
  const groups = app.assignments.groups.flatMap((id) => organisation.groupById(id) ?? []);
  const everyone = organisation.groups.find((group) => group?.type === 'BUILT_IN');
  const shown = app.assignments.everyone && everyone ? [everyone, ...groups] : groups;
  const names = organisation.groups.flatMap((group) => group?.profile.name ?? []).slice(0, PROPOSED_GROUPS);
  return html`<h2>People</h2>
    <form method="post" action="${path}/assign" class="row">
      ${textField({ name: 'person', label: 'Username or id of a person', isRequired: true })}
      <button>Assign to People</button>
    </form>
    ${people.length === 0 ? html`<p>Nobody is assigned in person.</p>` : peopleTable(path, people)}
    <h2>Groups</h2>
    <form method="post" action="${path}/assign" class="row">
      <div class="field">
        <label for="field-group">Name or id of a group</label>
        <input id="field-group" name="group" type="text" autocomplete="off" list="group-names" required />
      </div>
      <button>Assign to Groups</button>
    </form>
    ${proposals(names)}
    ${shown.length === 0 ? html`<p>No group is assigned.</p>` : groupTable(path, shown)}`;
}

function peopleTable(path: string, people: readonly User[]): Html {
  return html`<table>
    <caption>People who are assigned</caption>
    <thead>
      <tr><th scope="col">Person</th><th scope="col">Username</th><th scope="col">Status</th><th scope="col">Action</th></tr>
    </thead>
    <tbody>
      ${people.map((user) => {
        const label = `Remove ${personName(user)}`;
        const values = { person: user.id };
        return html`<tr>
          <th scope="row"><a href="/console/people/${user.id}">${foreign(personName(user))}</a></th>
          <td>${foreign(user.profile.login)}</td>
          <td>${statusPill(user.status)}</td>
          <td>${postButton({ action: `${path}/remove`, text: 'Remove', label, values })}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function groupTable(path: string, groups: readonly Group[]): Html {
  return html`<table>
    <caption>Groups that are assigned</caption>
    <thead><tr><th scope="col">Group</th><th scope="col">Type</th><th scope="col">Action</th></tr></thead>
    <tbody>
      ${groups.map((group) => {
        const label = `Remove ${group.profile.name}`;
        const values = { group: group.id };
        return html`<tr>
          <th scope="row"><a href="/console/groups/${group.id}">${foreign(group.profile.name)}</a></th>
          <td>${typeWord(group.type)}</td>
          <td>${postButton({ action: `${path}/remove`, text: 'Remove', label, values })}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}
