import type { Router } from 'express';
import { findPeople } from '../../control/find-rows.ts';
import { notFound } from '../../okta-error.ts';
import { ADMINS } from '../../org/admins.ts';
import {
  changeStatus,
  createPerson,
  deletePerson,
  editPerson,
  FIRST_STATUSES,
  type FirstStatus,
  LIFECYCLE_STEPS,
} from '../../org/edit-people.ts';
import type { ProfileChanges } from '../../org/people-rules.ts';
import { USER_STATUSES, type User, type UserStatus } from '../../org/types.ts';
import type { World } from '../../world.ts';
import { fieldErrors, formValues, queryOffset, queryText } from '../form-values.ts';
import { confirmation, pager, selectField, textField } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { type Notice, sendPage } from '../layout.ts';
import { foreign, personName, statusPill, statusWord, timeText } from '../words.ts';
import { personPage, profileFields } from './person-page.ts';

const PEOPLE = '/console/people';
const ROWS = 50;

const DONE: Readonly<Record<string, string>> = {
  created: 'The person is created.',
  saved: 'The profile is saved, and “last updated” has moved.',
  activate: 'The person is active.',
  suspend: 'The person is suspended: no access, but groups and profile stay.',
  unsuspend: 'The person is active again.',
  unlock: 'The person is active again.',
  deactivate: 'The person is deactivated: lists leave the person out, and Delete is possible now.',
  erased: 'The person is deleted for good: Okta answers 404 from now on.',
};

/** Directory → People. */
export function addPeoplePages(router: Router, world: World): void {
  addListPages(router, world);
  addPersonPages(router, world);
}

function addListPages(router: Router, world: World): void {
  router.get('/people', (request, response) => {
    const query = { query: queryText(request, 'query'), status: queryText(request, 'status') };
    const offset = queryOffset(request);
    const status = USER_STATUSES.find((known) => known === query.status);
    const found = findPeople(world.organisation, { query: query.query, status, offset, limit: ROWS });
    const body = html`<h1>People</h1>
      <p><a class="button primary" href="${PEOPLE}/new">Add person</a></p>
      ${searchForm(query)}
      ${found.total === 0 ? html`<p>Nobody matches.</p>` : peopleTable(found.items)}
      ${pager({ path: PEOPLE, query, offset, limit: ROWS, total: found.total })}`;
    sendPage(response, {
      title: 'People',
      section: 'people',
      body,
      notice: notice(queryText(request, 'done')),
    });
  });

  router.get('/people/new', (_request, response) => {
    sendPage(response, { title: 'Add person', section: 'people', body: newPersonForm({}, {}) });
  });

  router.post('/people', (request, response) => {
    const { status = 'ACTIVE', ...values } = formValues(request);
    try {
      const first = FIRST_STATUSES.find((known) => known === status) ?? 'ACTIVE';
      const person = createPerson(
        world.organisation,
        { profile: changesOf(values), status: first },
        world.now(),
      );
      response.redirect(303, `${PEOPLE}/${person.id}?done=created`);
    } catch (error) {
      const { summary, byField } = fieldErrors(error);
      sendPage(response, {
        title: 'Add person',
        section: 'people',
        status: 400,
        notice: { tone: 'failed', text: summary },
        body: newPersonForm({ ...values, status }, byField),
      });
    }
  });
}

function addPersonPages(router: Router, world: World): void {
  router.get('/people/:id', (request, response) => {
    const user = userOf(world, request.params.id);
    const shown = notice(queryText(request, 'done'));
    sendPage(response, {
      title: personName(user),
      section: 'people',
      body: personPage(world, user),
      notice: shown,
    });
  });

  router.post('/people/:id', (request, response) => {
    const user = userOf(world, request.params.id);
    const values = formValues(request);
    try {
      editPerson(world.organisation, user, changesOf(values), world.now());
      response.redirect(303, `${PEOPLE}/${user.id}?done=saved`);
    } catch (error) {
      const { summary, byField } = fieldErrors(error);
      sendPage(response, {
        title: personName(user),
        section: 'people',
        status: 400,
        notice: { tone: 'failed', text: `Nothing was saved. ${summary}` },
        body: personPage(world, user, values, byField),
      });
    }
  });

  router.get('/people/:id/deactivate', (request, response) => {
    const user = userOf(world, request.params.id);
    sendPage(response, { title: 'Deactivate person', section: 'people', body: askDeactivate(world, user) });
  });

  router.get('/people/:id/delete', (request, response) => {
    const user = userOf(world, request.params.id);
    sendPage(response, { title: 'Delete person', section: 'people', body: askDelete(user) });
  });

  router.post('/people/:id/delete', (request, response) => {
    const user = userOf(world, request.params.id);
    const outcome = deletePerson(world.organisation, user, world.now());
    const isErased = outcome === 'erased';
    response.redirect(303, isErased ? `${PEOPLE}?done=erased` : `${PEOPLE}/${user.id}?done=deactivate`);
  });

  router.post('/people/:id/:step', (request, response) => {
    const user = userOf(world, request.params.id);
    const step = LIFECYCLE_STEPS.find((known) => known === request.params.step);
    if (!step) throw notFound(request.params.step, 'Step');
    changeStatus(world.organisation, user, step, world.now());
    response.redirect(303, `${PEOPLE}/${user.id}?done=${step}`);
  });
}

function userOf(world: World, id: string): User {
  const user = world.organisation.userById(id);
  if (!user) throw notFound(id, 'User');
  return user;
}

/** Fields left empty clear the attribute. */
function changesOf(values: Readonly<Record<string, string>>): ProfileChanges {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === '' ? null : value]),
  );
}

function notice(done: string): Notice | undefined {
  const text = Object.hasOwn(DONE, done) ? DONE[done] : undefined;
  return text === undefined ? undefined : { tone: 'done', text };
}

function searchForm(query: { query: string; status: string }): Html {
  const statuses = USER_STATUSES.map((status: UserStatus) => ({ value: status, label: statusWord(status) }));
  return html`<form method="get" action="${PEOPLE}" class="row" role="search">
    ${textField({ name: 'query', label: 'Name, username, email or id', type: 'search', value: query.query })}
    ${selectField({
      name: 'status',
      label: 'Status',
      value: query.status,
      options: [{ value: '', label: 'Everyone' }, ...statuses],
    })}
    <button>Search</button>
  </form>`;
}

function peopleTable(people: readonly User[]): Html {
  return html`<table>
    <caption>People</caption>
    <thead>
      <tr>
        <th scope="col">Person</th><th scope="col">Username</th><th scope="col">Primary email</th>
        <th scope="col">Status</th><th scope="col">Last updated</th>
      </tr>
    </thead>
    <tbody>
      ${people.map(
        (user) => html`<tr>
          <th scope="row"><a href="${PEOPLE}/${user.id}">${foreign(personName(user))}</a></th>
          <td>${foreign(user.profile.login)}</td>
          <td>${foreign(user.profile.email)}</td>
          <td>${statusPill(user.status)}</td>
          <td>${timeText(user.lastUpdated)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function newPersonForm(
  values: Readonly<Record<string, string>>,
  errors: Readonly<Record<string, string>>,
): Html {
  const labels: Record<FirstStatus, string> = {
    ACTIVE: 'Activate now, ready to sign in',
    PROVISIONED: 'Activate now, waiting for the person to set up the account',
    STAGED: 'Activate later',
  };
  return html`<h1>Add person</h1>
    <form method="post" action="${PEOPLE}">
      ${profileFields(values, errors)}
      ${selectField({
        name: 'status',
        label: 'Activation',
        value: values.status ?? 'ACTIVE',
        options: (['ACTIVE', 'PROVISIONED', 'STAGED'] as const).map((value) => ({
          value,
          label: labels[value],
        })),
      })}
      <div class="row">
        <button class="primary">Save</button>
        <a class="button" href="${PEOPLE}">Cancel</a>
      </div>
    </form>`;
}

function askDeactivate(world: World, user: User): Html {
  const admin = ADMINS[user.position];
  const tokens = world.tokens.list().filter((token) => token.owner === admin?.key).length;
  return confirmation({
    question: html`Deactivate ${foreign(personName(user))}?`,
    consequences: [
      'The person loses all access. The list of users leaves the person out; searches and group members still show the status DEPROVISIONED.',
      'Groups and profile stay. The person can be activated again.',
      admin &&
        html`The person is an admin: ${tokens} API ${tokens === 1 ? 'token' : 'tokens'} will stop working.`,
    ].filter((consequence) => consequence !== undefined),
    action: `${PEOPLE}/${user.id}/deactivate`,
    confirm: 'Deactivate',
    cancelHref: `${PEOPLE}/${user.id}`,
  });
}

function askDelete(user: User): Html {
  return confirmation({
    question: html`Delete ${foreign(personName(user))} for good?`,
    consequences: [
      'The person, the profile and all memberships are erased. This cannot be taken back.',
      'No list tells of it: a sync notices only because the person is missing.',
    ],
    action: `${PEOPLE}/${user.id}/delete`,
    confirm: 'Delete',
    cancelHref: `${PEOPLE}/${user.id}`,
  });
}
