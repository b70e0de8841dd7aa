import express, { type Request, type Response, type Router } from 'express';
import { timesLeft } from '../faults/fault.ts';
import { faultInputSchema } from '../faults/fault-input.ts';
import { setFault } from '../faults/set-fault.ts';
import { notFound } from '../okta-error.ts';
import { changeMembers, createGroup, deleteGroup, editGroup, groupFor } from '../org/edit-groups.ts';
import { changeStatus, createPerson, deletePerson, editPerson, personFor } from '../org/edit-people.ts';
import { mutateOrg } from '../org/mutate.ts';
import type { Group } from '../org/types.ts';
import type { Token } from '../tokens/token-store.ts';
import type { World } from '../world.ts';
import { addAppRoutes } from './app-routes.ts';
import * as schemas from './control-schemas.ts';
import type { FaultView, GroupView, TokenView } from './control-types.ts';
import { findGroups, findPeople } from './find-rows.ts';
import { addLoginFaultRoutes } from './login-fault-routes.ts';
import { countStats } from './stats.ts';

/** The JSON control below `/_rehearsal`, for tests and scripts. Errors are passed on to the caller. */
export function createControlRouter(world: World): Router {
  const router = express.Router();
  router.use(express.json({ limit: '8mb' }));
  addOrg(router, world);
  addTokens(router, world);
  addPeople(router, world);
  addGroups(router, world);
  addAppRoutes(router, world);
  addFaults(router, world);
  addLoginFaultRoutes(router, world);
  addCalls(router, world);
  return router;
}

function addOrg(router: Router, world: World): void {
  router.get('/stats', (_request, response) => {
    response.json(countStats(world));
  });
  router.post('/mutate', (request, response) => {
    const { seed } = schemas.mutationSchema.parse(request.body ?? {});
    response.json(mutateOrg(world.organisation, seed, world.now()));
  });
  router.post('/org', (request, response) => {
    world.regenerate(schemas.recipeSchema.parse(request.body));
    response.json(countStats(world));
  });
}

function addTokens(router: Router, world: World): void {
  router.get('/tokens', (_request, response) => {
    response.json(world.tokens.list().map(viewToken));
  });
  router.post('/tokens', (request, response) => {
    const { name, owner } = schemas.tokenInputSchema.parse(request.body);
    const { token, value } = world.tokens.create(name, owner, world.now());
    response.status(201).json({ ...viewToken(token), value });
  });
  router.delete('/tokens/:id', (request, response) => {
    if (!world.tokens.revoke(request.params.id)) throw notFound(request.params.id, 'Token');
    response.status(204).end();
  });
}

function addPeople(router: Router, world: World): void {
  const find = (request: Request<{ id: string }>) => personFor(world.organisation, request.params.id);
  router.get('/people', (request, response) => {
    response.json(findPeople(world.organisation, schemas.windowSchema.parse(request.query)));
  });
  router.post('/people', (request, response) => {
    const input = schemas.personInputSchema.parse(request.body);
    response.status(201).json(createPerson(world.organisation, input, world.now()));
  });
  router.get('/people/:id', (request, response) => {
    response.json(find(request));
  });
  router.patch('/people/:id', (request, response) => {
    const { profile } = schemas.profileChangesSchema.parse(request.body);
    response.json(editPerson(world.organisation, find(request), profile, world.now()));
  });
  router.delete('/people/:id', (request, response) => {
    response.json({ outcome: deletePerson(world.organisation, find(request), world.now()) });
  });
  router.get('/people/:id/groups', (request, response) => {
    response.json(world.organisation.groupsOf(find(request)).map((group) => viewGroup(world, group)));
  });
  router.post('/people/:id/:step', (request: Request<{ id: string; step: string }>, response: Response) => {
    const step = schemas.lifecycleStepSchema.parse(request.params.step);
    response.json(changeStatus(world.organisation, find(request), step, world.now()));
  });
}

function addGroups(router: Router, world: World): void {
  const find = (request: Request<{ id: string }>) => groupFor(world.organisation, request.params.id);
  router.get('/groups', (request, response) => {
    const { total, items } = findGroups(world.organisation, schemas.windowSchema.parse(request.query));
    response.json({ total, items: items.map((group) => viewGroup(world, group)) });
  });
  router.post('/groups', (request, response) => {
    const input = schemas.groupInputSchema.parse(request.body);
    response.status(201).json(viewGroup(world, createGroup(world.organisation, input, world.now())));
  });
  router.get('/groups/:id', (request, response) => {
    response.json(viewGroup(world, find(request)));
  });
  router.patch('/groups/:id', (request, response) => {
    const { name, description } = schemas.groupChangesSchema.parse(request.body);
    const changes = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    };
    response.json(viewGroup(world, editGroup(world.organisation, find(request), changes, world.now())));
  });
  router.delete('/groups/:id', (request, response) => {
    deleteGroup(world.organisation, find(request));
    response.status(204).end();
  });
  router.get('/groups/:id/members', (request, response) => {
    const people = world.organisation.membersOf(find(request));
    response.json(people.flatMap((position) => world.organisation.users[position]?.id ?? []));
  });
  router.post('/groups/:id/members', (request, response) => {
    const { add, remove } = schemas.memberChangesSchema.parse(request.body);
    const people = (ids: string[]) => ids.map((id) => personFor(world.organisation, id));
    const change = { add: people(add), remove: people(remove) };
    response.json({ moved: changeMembers(world.organisation, find(request), change, world.now()) });
  });
}

function addFaults(router: Router, world: World): void {
  router.get('/faults', (_request, response) => {
    response.json(world.faults.list().map((fault) => viewFault(world, fault)));
  });
  router.post('/faults', (request, response) => {
    const fault = setFault(world, faultInputSchema.parse(request.body));
    response.status(201).json(viewFault(world, fault));
  });
  router.delete('/faults', (_request, response) => {
    response.json({ cleared: world.faults.clear() });
  });
  router.delete('/faults/:id', (request, response) => {
    if (world.faults.clear(request.params.id) === 0) throw notFound(request.params.id, 'Fault');
    response.json({ cleared: 1 });
  });
}

function addCalls(router: Router, world: World): void {
  router.get('/calls', (request, response) => {
    const { limit } = schemas.windowSchema.parse({ ...request.query, limit: request.query.limit ?? 1000 });
    response.json({ count: world.calls.count, items: world.calls.list(limit) });
  });
  router.delete('/calls', (_request, response) => {
    world.calls.reset();
    response.status(204).end();
  });
}

function viewToken(token: Token): TokenView {
  const { id, name, owner, created, lastUsed } = token;
  return {
    id,
    name,
    owner,
    created: new Date(created).toISOString(),
    lastUsed: lastUsed === null ? null : new Date(lastUsed).toISOString(),
  };
}

function viewGroup(world: World, group: Group): GroupView {
  return { ...group, memberCount: world.organisation.membersOf(group).length };
}

function viewFault(world: World, fault: Parameters<typeof timesLeft>[0]): FaultView {
  return { ...fault, timesLeft: timesLeft(fault, world.now()) };
}
