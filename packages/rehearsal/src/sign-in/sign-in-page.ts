import type { App } from '../apps/app.ts';
import { isAssigned } from '../apps/assignment.ts';
import { textField } from '../console/forms.ts';
import { type Html, html } from '../console/html.ts';
import { foreign, personName, statusPill } from '../console/words.ts';
import { findPeople } from '../control/find-rows.ts';
import type { Answer } from '../oidc/answer.ts';
import { signInPage } from '../oidc/okta-page.ts';
import type { User, UserStatus } from '../org/types.ts';
import type { World } from '../world.ts';
import type { PendingRequest } from './sessions.ts';

const FOUND = 20;
const ACTIVE_SHOWN = 5;
/** One of each is offered, to see what a login makes of it. */
const ODD_STATUSES: readonly UserStatus[] = ['SUSPENDED', 'DEPROVISIONED', 'LOCKED_OUT'];

export type SignInList = {
  readonly pending: PendingRequest;
  readonly app: App;
  readonly query: string;
  readonly current?: User | undefined;
  /** Why the person was refused, in Okta's words. */
  readonly refusal?: string | undefined;
  readonly refused?: User | undefined;
};

/** The page that asks who to be. */
export function signInListPage(world: World, at: SignInList): Answer {
  const path = `/signin/${at.pending.id}`;
  const { query } = at;
  const people = query === '' ? aFew(world, at.app) : search(world, query);
  const body = html`<h1>Sign In</h1>
    <p>Sign in to <strong>${foreign(at.app.name)}</strong>. Choose who to be.</p>
    ${at.refusal && refusalBox(at.refusal, at.refused)}
    ${at.current && currentPerson(at.current, at.pending.id)}
    <form method="get" action="${path}" class="row" role="search">
      ${textField({ name: 'query', label: 'Name or username', type: 'search', value: query })}
      <button>Search</button>
    </form>
    <h2>${query === '' ? 'A few people to be' : 'People found'}</h2>
    ${people.length === 0 ? html`<p>Nobody matches.</p>` : peopleList(world, at, people)}
    ${query !== '' && html`<p><a href="${path}?query=">Show a few others</a></p>`}`;
  return signInPage({ title: 'Sign In', status: at.refusal ? 401 : 200, body });
}

/** The browser's session with the rehearsal, outside of a login. */
export function sessionPage(user: User | undefined, done: string): Answer {
  const body = user
    ? html`<h1>Signed in</h1>
        <p>This browser is signed in to the rehearsal as ${foreign(personName(user))} (${foreign(user.profile.login)}).</p>
        <form method="post" action="/signin/out"><button class="primary">Sign out</button></form>`
    : html`<h1>Sign In</h1>
        ${done === 'out' && html`<div class="notice done" role="status"><p>You have signed out.</p></div>`}
        <p>Nobody is signed in here. The next login asks who to be.</p>`;
  return signInPage({
    title: user ? 'Signed in' : 'Sign In',
    body: html`${body}<p><a href="/console">To the dashboard of the rehearsal</a></p>`,
  });
}

function refusalBox(refusal: string, user: User | undefined): Html {
  const who = user && html` ${foreign(user.profile.login)} is ${statusPill(user.status)}`;
  return html`<div class="notice failed" role="alert"><p><strong class="reason">${refusal}</strong>${who}</p></div>`;
}

function currentPerson(user: User, pending: string): Html {
  return html`<div class="current">
    <p>This browser is signed in as ${foreign(personName(user))}.</p>
    <form method="post" action="/signin/${pending}" class="inline">
      <input type="hidden" name="person" value="${user.id}" />
      <button>Go on as ${foreign(personName(user))}</button>
    </form>
    <form method="post" action="/signin/out" class="inline">
      <input type="hidden" name="pending" value="${pending}" />
      <button>Sign out</button>
    </form>
  </div>`;
}

function peopleList(world: World, at: SignInList, people: readonly User[]): Html {
  return html`<form method="post" action="/signin/${at.pending.id}">
    <ul class="people">
      ${people.map(
        (user) => html`<li>
          <button name="person" value="${user.id}">
            <span class="name">${foreign(personName(user))}</span>
            <span class="dim">${foreign(user.profile.login)}</span>
            <span class="marks">
              ${user.status !== 'ACTIVE' && statusPill(user.status)}
              ${!isAssigned(world.organisation, at.app, user) && html`<span class="pill grey">Not assigned</span>`}
            </span>
          </button>
        </li>`,
      )}
    </ul>
  </form>`;
}

function search(world: World, query: string): readonly User[] {
  return findPeople(world.organisation, { query, offset: 0, limit: FOUND }).items;
}

/** Some who may come in, one who is not assigned, and one of each status that is refused. */
function aFew(world: World, app: App): readonly User[] {
  const { organisation } = world;
  const people = organisation.users.filter((user): user is User => user !== undefined);
  const active = people.filter((user) => user.status === 'ACTIVE');
  const assigned: User[] = [];
  for (const user of active) {
    if (assigned.length === ACTIVE_SHOWN) break;
    if (isAssigned(organisation, app, user)) assigned.push(user);
  }
  const outsider = active.find((user) => !isAssigned(organisation, app, user));
  const odd = ODD_STATUSES.flatMap((status) => people.find((user) => user.status === status) ?? []);
  return [...assigned, ...(outsider ? [outsider] : []), ...odd];
}
