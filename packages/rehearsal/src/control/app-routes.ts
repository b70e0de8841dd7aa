import type { Router } from 'express';
import { z } from 'zod';
import type { App } from '../apps/app.ts';
import { appChangesSchema, appInputSchema, resolveAssignments } from '../apps/app-rules.ts';
import type { World } from '../world.ts';
import type { AppView } from './control-types.ts';

export const keyRotationSchema = z.strictObject({ keepFormer: z.boolean().default(false) });

/** Apps, signing keys and sessions by JSON. */
export function addAppRoutes(router: Router, world: World): void {
  router.get('/apps', (_request, response) => {
    response.json(world.apps.list().map(viewApp));
  });
  router.post('/apps', (request, response) => {
    const { assignments, ...input } = appInputSchema.parse(request.body);
    const resolved = resolveAssignments(world.organisation, assignments);
    response.status(201).json(viewApp(world.apps.create({ ...input, assignments: resolved }, world.now())));
  });
  router.get('/apps/:id', (request, response) => {
    response.json(viewApp(world.apps.get(request.params.id)));
  });
  router.patch('/apps/:id', (request, response) => {
    const app = world.apps.get(request.params.id);
    const { assignments, ...changes } = appChangesSchema.parse(request.body);
    const settings = {
      name: changes.name ?? app.name,
      redirectUris: changes.redirectUris ?? app.redirectUris,
      postLogoutRedirectUris: changes.postLogoutRedirectUris ?? app.postLogoutRedirectUris,
      requirePkce: changes.requirePkce ?? app.requirePkce,
      groupsRegex: changes.groupsRegex === undefined ? app.groupsRegex : changes.groupsRegex,
      assignments:
        assignments === undefined ? app.assignments : resolveAssignments(world.organisation, assignments),
    };
    response.json(viewApp(world.apps.edit(app.id, settings)));
  });
  router.delete('/apps/:id', (request, response) => {
    world.apps.delete(request.params.id);
    response.status(204).end();
  });
  router.post('/apps/:id/secret', (request, response) => {
    response.json(viewApp(world.apps.rotateSecret(request.params.id)));
  });
  router.post('/apps/:id/activate', (request, response) => {
    response.json(viewApp(world.apps.setStatus(request.params.id, 'ACTIVE')));
  });
  router.post('/apps/:id/deactivate', (request, response) => {
    response.json(viewApp(world.apps.setStatus(request.params.id, 'INACTIVE')));
  });
  router.get('/keys', async (_request, response) => {
    const keys = await world.keys.all();
    response.json({ kids: keys.filter((key) => key.isPublished).map((key) => key.kid) });
  });
  router.post('/keys', async (request, response) => {
    const { kid } = await world.keys.rotate(keyRotationSchema.parse(request.body ?? {}));
    response.json({ kid });
  });
  router.delete('/sessions', (_request, response) => {
    response.json({ ended: world.sessions.endAll() });
  });
}

function viewApp(app: App): AppView {
  const { id, secret, created, ...shown } = app;
  return { ...shown, clientId: id, clientSecret: secret, created: new Date(created).toISOString() };
}
