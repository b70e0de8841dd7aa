import type { Request, Router } from 'express';
import { APP_KINDS, type App, type AppKind } from '../../apps/app.ts';
import { resolveAssignments } from '../../apps/app-rules.ts';
import { changedAssignments } from '../../apps/assignment.ts';
import { validationFailed } from '../../okta-error.ts';
import type { World } from '../../world.ts';
import { fieldErrors, formList, formValues, queryText } from '../form-values.ts';
import { confirmation } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { type Notice, sendPage } from '../layout.ts';
import { changedLists } from '../uri-list.ts';
import { foreign } from '../words.ts';
import {
  APPLICATIONS,
  KIND_WORDS,
  kindForm,
  newAppForm,
  PROPOSED_SIGN_OUT_URI,
  type TypedNewApp,
} from './app-form.ts';
import { appPage, appStatusPill, assignmentsTab, generalTab, signOnTab } from './app-page.ts';

const PROPOSED_GROUPS = 200;
const SECTION = 'applications';

const DONE: Readonly<Record<string, string>> = {
  created: 'The app is created. Copy the client ID and the client secret below.',
  saved: 'The app is saved.',
  secret: 'There is a new client secret. The former one is refused from now on.',
  activated: 'The app is active again.',
  deactivated: 'The app is inactive: nobody can sign in to it.',
  deleted: 'The app is deleted.',
  assigned: 'Assigned: the next login gets through.',
  removed: 'The assignment is removed.',
};

/** Applications → Applications, with Okta's Create App Integration. */
export function addAppPages(router: Router, world: World): void {
  addListPages(router, world);
  addGeneralPages(router, world);
  addSignOnPages(router, world);
  addAssignmentPages(router, world);
  addStatusPages(router, world);
}

function addListPages(router: Router, world: World): void {
  router.get('/applications', (request, response) => {
    const apps = world.apps.list();
    const body = html`<h1>Applications</h1>
      <p><a class="button primary" href="${APPLICATIONS}/new">Create App Integration</a></p>
      ${apps.length === 0 ? html`<p>There is no app yet. An app stands for a product that people sign in to.</p>` : appTable(apps)}`;
    sendPage(response, { title: 'Applications', section: SECTION, body, notice: noticeOf(request) });
  });

  router.get('/applications/new', (_request, response) => {
    const body = kindForm(undefined);
    sendPage(response, { title: 'Create a new app integration', section: SECTION, body });
  });

  router.get('/applications/new/settings', (request, response) => {
    const kind = kindOf(queryText(request, 'kind'));
    if (queryText(request, 'method') !== 'oidc' || kind === undefined) {
      const body = kindForm('Choose a sign-in method and an application type.');
      sendPage(response, { title: 'Create a new app integration', section: SECTION, status: 400, body });
      return;
    }
    const typed: TypedNewApp = {
      kind,
      name: '',
      redirectUris: [''],
      postLogoutRedirectUris: [PROPOSED_SIGN_OUT_URI],
      access: '',
      groups: [],
    };
    const body = newAppForm(typed, {}, groupNames(world));
    sendPage(response, { title: KIND_WORDS[kind].heading, section: SECTION, body });
  });

  router.post('/applications', (request, response) => {
    const typed = typedNewApp(request);
    const { heading: title } = KIND_WORDS[typed.kind];
    const { list } = formValues(request);
    const { redirectUris, postLogoutRedirectUris, groups } = typed;
    const changed = changedLists(list, { redirectUris, postLogoutRedirectUris, groups });
    if (changed) {
      const body = newAppForm({ ...typed, ...changed }, {}, groupNames(world));
      sendPage(response, { title, section: SECTION, body });
      return;
    }
    try {
      const app = createFrom(world, typed);
      response.redirect(303, `${APPLICATIONS}/${app.id}?done=created`);
    } catch (error) {
      const { summary, byField } = fieldErrors(error);
      const body = newAppForm(typed, byField, groupNames(world));
      const notice = { tone: 'failed', text: `The app is not created. ${summary}` } as const;
      sendPage(response, { title, section: SECTION, status: 400, notice, body });
    }
  });
}

function addGeneralPages(router: Router, world: World): void {
  router.get('/applications/:id', (request, response) => {
    const app = world.apps.get(request.params.id);
    const body = appPage(app, 'general', generalTab(world, app));
    sendPage(response, { title: app.name, section: SECTION, body, notice: noticeOf(request) });
  });

  router.post('/applications/:id', (request, response) => {
    const app = world.apps.get(request.params.id);
    const { name = '', list, requirePkce } = formValues(request);
    const lists = {
      redirectUris: formList(request, 'redirectUris'),
      postLogoutRedirectUris: formList(request, 'postLogoutRedirectUris'),
    };
    const changed = changedLists(list, lists);
    if (changed) {
      const body = appPage(app, 'general', generalTab(world, app, { name, ...changed }));
      sendPage(response, { title: app.name, section: SECTION, body });
      return;
    }
    try {
      world.apps.edit(app.id, { name, ...lists, requirePkce: requirePkce === 'yes' });
      response.redirect(303, `${APPLICATIONS}/${app.id}?done=saved`);
    } catch (error) {
      const { summary, byField } = fieldErrors(error);
      const body = appPage(app, 'general', generalTab(world, app, { name, ...lists }, byField));
      const notice = { tone: 'failed', text: `Nothing was saved. ${summary}` } as const;
      sendPage(response, { title: app.name, section: SECTION, status: 400, notice, body });
    }
  });
}

function addSignOnPages(router: Router, world: World): void {
  router.get('/applications/:id/sign-on', (request, response) => {
    const app = world.apps.get(request.params.id);
    const body = appPage(app, 'sign-on', signOnTab(world, app));
    sendPage(response, { title: app.name, section: SECTION, body, notice: noticeOf(request) });
  });

  router.post('/applications/:id/sign-on', (request, response) => {
    const app = world.apps.get(request.params.id);
    const { filter, regex = '' } = formValues(request);
    try {
      world.apps.edit(app.id, { groupsRegex: filter === 'regex' ? regex : null });
      response.redirect(303, `${APPLICATIONS}/${app.id}/sign-on?done=saved`);
    } catch (error) {
      const { summary, byField } = fieldErrors(error);
      const body = appPage(app, 'sign-on', signOnTab(world, app, regex, byField.groupsRegex));
      const notice = { tone: 'failed', text: `Nothing was saved. ${summary}` } as const;
      sendPage(response, { title: app.name, section: SECTION, status: 400, notice, body });
    }
  });
}

function addAssignmentPages(router: Router, world: World): void {
  router.get('/applications/:id/assignments', (request, response) => {
    const app = world.apps.get(request.params.id);
    const body = appPage(app, 'assignments', assignmentsTab(world, app));
    sendPage(response, { title: app.name, section: SECTION, body, notice: noticeOf(request) });
  });

  router.post('/applications/:id/assignments/:action', (request, response) => {
    const app = world.apps.get(request.params.id);
    const isAssigning = request.params.action === 'assign';
    const { person, group } = formValues(request);
    try {
      const meant = resolveAssignments(world.organisation, {
        people: person === undefined ? [] : [person.trim()],
        groups: group === undefined ? [] : [group],
      });
      world.apps.edit(app.id, { assignments: changedAssignments(app.assignments, meant, isAssigning) });
      const done = isAssigning ? 'assigned' : 'removed';
      response.redirect(303, `${APPLICATIONS}/${app.id}/assignments?done=${done}`);
    } catch (error) {
      const { byField } = fieldErrors(error);
      const text = byField.people ?? byField.groups ?? 'Nothing was changed.';
      const body = appPage(app, 'assignments', assignmentsTab(world, app));
      const notice = { tone: 'failed', text } as const;
      sendPage(response, { title: app.name, section: SECTION, status: 400, notice, body });
    }
  });
}

function addStatusPages(router: Router, world: World): void {
  const ask = (
    path: string,
    words: (app: App) => Omit<Parameters<typeof confirmation>[0], 'action' | 'cancelHref'>,
  ) => {
    router.get(`/applications/:id/${path}`, (request, response) => {
      const app = world.apps.get(request.params.id);
      const cancelHref = `${APPLICATIONS}/${app.id}`;
      const body = confirmation({ ...words(app), action: `${cancelHref}/${path}`, cancelHref });
      sendPage(response, { title: words(app).confirm, section: SECTION, body });
    });
  };
  ask('secret', (app) => ({
    question: html`Generate a new secret for ${foreign(app.name)}?`,
    consequences: ['The former secret is refused at once: logins fail until the product knows the new one.'],
    confirm: 'Generate new secret',
  }));
  ask('deactivate', (app) => ({
    question: html`Deactivate ${foreign(app.name)}?`,
    consequences: ['Nobody can sign in to it until it is activated again.', 'Settings and assignments stay.'],
    confirm: 'Deactivate',
  }));
  ask('delete', (app) => ({
    question: html`Delete ${foreign(app.name)}?`,
    consequences: ['Client ID and client secret are gone for good.', 'This cannot be taken back.'],
    confirm: 'Delete',
  }));

  router.post('/applications/:id/secret', (request, response) => {
    const app = world.apps.rotateSecret(request.params.id);
    response.redirect(303, `${APPLICATIONS}/${app.id}?done=secret`);
  });
  router.post('/applications/:id/activate', (request, response) => {
    const app = world.apps.setStatus(request.params.id, 'ACTIVE');
    response.redirect(303, `${APPLICATIONS}/${app.id}?done=activated`);
  });
  router.post('/applications/:id/deactivate', (request, response) => {
    const app = world.apps.setStatus(request.params.id, 'INACTIVE');
    response.redirect(303, `${APPLICATIONS}/${app.id}?done=deactivated`);
  });
  router.post('/applications/:id/delete', (request, response) => {
    const app = world.apps.get(request.params.id);
    if (app.status === 'ACTIVE') {
      response.redirect(303, `${APPLICATIONS}/${app.id}/deactivate`);
      return;
    }
    world.apps.delete(app.id);
    response.redirect(303, `${APPLICATIONS}?done=deleted`);
  });
}

function createFrom(world: World, typed: TypedNewApp): App {
  const { kind, name, redirectUris, postLogoutRedirectUris, access } = typed;
  const groups = typed.groups.filter((group) => group.trim() !== '');
  if (access !== 'everyone' && access !== 'groups' && access !== 'nobody') {
    throw validationFailed('access', ['access: Choose who may use the app']);
  }
  if (access === 'groups' && groups.length === 0) {
    throw validationFailed('groups', ['groups: Name at least one group']);
  }
  const assignments = access === 'groups' ? { people: [], groups } : access;
  return world.apps.create(
    {
      name,
      kind,
      redirectUris,
      postLogoutRedirectUris,
      assignments: resolveAssignments(world.organisation, assignments),
      requirePkce: false,
      groupsRegex: null,
    },
    world.now(),
  );
}

function typedNewApp(request: Request): TypedNewApp {
  const { kind = '', name = '', access = '' } = formValues(request);
  return {
    kind: kindOf(kind) ?? 'web',
    name,
    access,
    redirectUris: formList(request, 'redirectUris'),
    postLogoutRedirectUris: formList(request, 'postLogoutRedirectUris'),
    groups: formList(request, 'groups'),
  };
}

function kindOf(text: string): AppKind | undefined {
  return APP_KINDS.find((kind) => kind === text);
}

function groupNames(world: World): string[] {
  return world.organisation.groups.flatMap((group) => group?.profile.name ?? []).slice(0, PROPOSED_GROUPS);
}

function noticeOf(request: Request): Notice | undefined {
  const done = queryText(request, 'done');
  const text = Object.hasOwn(DONE, done) ? DONE[done] : undefined;
  return text === undefined ? undefined : { tone: 'done', text };
}

function appTable(apps: readonly App[]): Html {
  return html`<table>
    <caption>App integrations</caption>
    <thead>
      <tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Client ID</th><th scope="col">Status</th></tr>
    </thead>
    <tbody>
      ${apps.map(
        (app) => html`<tr>
          <th scope="row"><a href="${APPLICATIONS}/${app.id}">${foreign(app.name)}</a></th>
          <td>${KIND_WORDS[app.kind].title}</td>
          <td><code>${app.id}</code></td>
          <td>${appStatusPill(app)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
