import type { Router } from 'express';
import { findGroups } from '../../control/find-rows.ts';
import { notPermitted, OktaError } from '../../okta-error.ts';
import { changeMembers, createGroup, deleteGroup, editGroup, groupFor } from '../../org/edit-groups.ts';
import { personFor } from '../../org/edit-people.ts';
import type { Group } from '../../org/types.ts';
import type { World } from '../../world.ts';
import { fieldErrors, formValues, queryOffset, queryText } from '../form-values.ts';
import { confirmation, pager, textField } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { type Notice, sendPage } from '../layout.ts';
import { foreign, timeText, typeWord } from '../words.ts';
import { groupFields, groupPage } from './group-page.ts';

const GROUPS = '/console/groups';
const ROWS = 50;

const DONE: Readonly<Record<string, string>> = {
  created: 'The group is created. Add people to it below.',
  saved: 'The group is saved, and “last updated” has moved.',
  added: 'The person is in the group now, and “last membership update” has moved.',
  removed: 'The person is out of the group, and “last membership update” has moved.',
  unchanged: 'Nothing changed: the person was in the group already.',
  deleted: 'The group is deleted. No list tells of it: it is just missing.',
};

/** Directory → Groups. */
export function addGroupPages(router: Router, world: World): void {
  addListPages(router, world);
  addEditPages(router, world);
  addMemberPages(router, world);
}

function addListPages(router: Router, world: World): void {
  router.get('/groups', (request, response) => {
    const query = queryText(request, 'query');
    const offset = queryOffset(request);
    const found = findGroups(world.organisation, { query, offset, limit: ROWS });
    const body = html`<h1>Groups</h1>
      <p><a class="button primary" href="${GROUPS}/new">Add group</a></p>
      <form method="get" action="${GROUPS}" class="row" role="search">
        ${textField({ name: 'query', label: 'Name or id', type: 'search', value: query })}
        <button>Search</button>
      </form>
      ${found.total === 0 ? html`<p>No group matches.</p>` : groupTable(world, found.items)}
      ${pager({ path: GROUPS, query: { query }, offset, limit: ROWS, total: found.total })}`;
    sendPage(response, { title: 'Groups', section: 'groups', body, notice: notice(request) });
  });

  router.get('/groups/new', (_request, response) => {
    sendPage(response, { title: 'Add group', section: 'groups', body: newGroupForm({}, {}) });
  });

  router.post('/groups', (request, response) => {
    const values = formValues(request);
    try {
      const group = createGroup(world.organisation, inputOf(values), world.now());
      response.redirect(303, `${GROUPS}/${group.id}?done=created`);
    } catch (error) {
      const { summary, byField } = fieldErrors(error);
      sendPage(response, {
        title: 'Add group',
        section: 'groups',
        status: 400,
        notice: { tone: 'failed', text: summary },
        body: newGroupForm(values, byField),
      });
    }
  });
}

function addEditPages(router: Router, world: World): void {
  router.get('/groups/:id', (request, response) => {
    const group = groupFor(world.organisation, request.params.id);
    const body = groupPage(world, group, {
      query: queryText(request, 'query'),
      offset: queryOffset(request),
    });
    sendPage(response, { title: group.profile.name, section: 'groups', body, notice: notice(request) });
  });

  router.post('/groups/:id', (request, response) => {
    const group = editableGroup(world, request.params.id);
    const values = formValues(request);
    try {
      editGroup(world.organisation, group, inputOf(values), world.now());
      response.redirect(303, `${GROUPS}/${group.id}?done=saved`);
    } catch (error) {
      const { summary, byField } = fieldErrors(error);
      sendPage(response, {
        title: group.profile.name,
        section: 'groups',
        status: 400,
        notice: { tone: 'failed', text: `Nothing was saved. ${summary}` },
        body: groupPage(world, group, { query: '', offset: 0 }, { values, errors: byField }),
      });
    }
  });

  router.get('/groups/:id/delete', (request, response) => {
    const group = editableGroup(world, request.params.id);
    const body = confirmation({
      question: html`Delete the group ${foreign(group.profile.name)}?`,
      consequences: [
        `It has ${world.organisation.membersOf(group).length} members. The people stay.`,
        'This cannot be taken back.',
      ],
      action: `${GROUPS}/${group.id}/delete`,
      confirm: 'Delete group',
      cancelHref: `${GROUPS}/${group.id}`,
    });
    sendPage(response, { title: 'Delete group', section: 'groups', body });
  });

  router.post('/groups/:id/delete', (request, response) => {
    deleteGroup(world.organisation, editableGroup(world, request.params.id));
    response.redirect(303, `${GROUPS}?done=deleted`);
  });
}

function addMemberPages(router: Router, world: World): void {
  router.post('/groups/:id/members/add', (request, response) => {
    const group = editableGroup(world, request.params.id);
    const person = formValues(request).person?.trim() ?? '';
    try {
      const add = [personFor(world.organisation, person)];
      const moved = changeMembers(world.organisation, group, { add, remove: [] }, world.now());
      response.redirect(303, `${GROUPS}/${group.id}?done=${moved > 0 ? 'added' : 'unchanged'}`);
    } catch (error) {
      if (!(error instanceof OktaError)) throw error;
      sendPage(response, {
        title: group.profile.name,
        section: 'groups',
        status: 400,
        notice: {
          tone: 'failed',
          text: html`Nobody has the username or id ${foreign(person || '(empty)')}.`,
        },
        body: groupPage(world, group, { query: '', offset: 0 }),
      });
    }
  });

  router.post('/groups/:id/members/remove', (request, response) => {
    const group = editableGroup(world, request.params.id);
    const remove = [personFor(world.organisation, formValues(request).person ?? '')];
    changeMembers(world.organisation, group, { add: [], remove }, world.now());
    response.redirect(303, `${GROUPS}/${group.id}?done=removed`);
  });
}

/** Okta's own groups can be changed; Everyone and imported ones cannot, as in Okta. */
function editableGroup(world: World, id: string): Group {
  const group = groupFor(world.organisation, id);
  if (group.type !== 'OKTA_GROUP') throw notPermitted();
  return group;
}

function inputOf(values: Readonly<Record<string, string>>): { name: string; description: string | null } {
  return { name: values.name ?? '', description: values.description || null };
}

function notice(request: Parameters<typeof queryText>[0]): Notice | undefined {
  const done = queryText(request, 'done');
  const text = Object.hasOwn(DONE, done) ? DONE[done] : undefined;
  return text === undefined ? undefined : { tone: 'done', text };
}

function groupTable(world: World, groups: readonly Group[]): Html {
  return html`<table>
    <caption>Groups</caption>
    <thead>
      <tr>
        <th scope="col">Group</th><th scope="col">Type</th><th scope="col" class="number">People</th>
        <th scope="col">Last updated</th><th scope="col">Last membership update</th>
      </tr>
    </thead>
    <tbody>
      ${groups.map(
        (group) => html`<tr>
          <th scope="row"><a href="${GROUPS}/${group.id}">${foreign(group.profile.name)}</a></th>
          <td>${typeWord(group.type)}</td>
          <td class="number">${world.organisation.membersOf(group).length}</td>
          <td>${timeText(group.lastUpdated)}</td>
          <td>${timeText(group.lastMembershipUpdated)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function newGroupForm(
  values: Readonly<Record<string, string>>,
  errors: Readonly<Record<string, string>>,
): Html {
  return html`<h1>Add group</h1>
    <form method="post" action="${GROUPS}">
      ${groupFields(values, errors)}
      <div class="row">
        <button class="primary">Save</button>
        <a class="button" href="${GROUPS}">Cancel</a>
      </div>
    </form>`;
}
