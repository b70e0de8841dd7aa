import type { ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import type { FaultTarget } from '../faults/fault-board.ts';
import type { FaultKind } from '../faults/fault-input.ts';
import { notFound, notPermitted, OktaError } from '../okta-error.ts';
import { adminByKey } from '../org/admins.ts';
import type { User } from '../org/types.ts';
import type { Token } from '../tokens/token-store.ts';
import type { World } from '../world.ts';
import { orgSettings } from './answers.ts';
import { invalidToken } from './authenticate.ts';
import {
  type ApiContext,
  expands,
  type ListAnswer,
  listGroups,
  listMembers,
  listUserGroups,
  listUsers,
  visibleGroup,
  visibleUser,
} from './list-answers.ts';
import { cutPage, linkHeaders } from './page.ts';
import { send } from './respond.ts';
import { faultTarget, type Route } from './route.ts';
import { serializeGroup } from './serialize-group.ts';
import { readOmissions } from './serialize-user.ts';

/** One call that was let in, with what its endpoint needs. */
export type Exchange = {
  readonly world: World;
  readonly response: ServerResponse;
  readonly strike: (kind: FaultKind, target: FaultTarget) => Fault | undefined;
  readonly token: Token;
  readonly context: ApiContext;
};

/** Answers a call that was let in. Throws OktaError. */
export function runRoute(exchange: Exchange, route: Route): void {
  const { context, response, world } = exchange;
  switch (route.name) {
    case 'list-users':
      sendList(exchange, route, listUsers(context));
      return;
    case 'list-groups':
      sendList(exchange, route, listGroups(context));
      return;
    case 'group-users':
      assertNotHidden(exchange, route);
      sendList(exchange, route, listMembers(context, route.id));
      return;
    case 'user-groups':
      sendList(exchange, route, listUserGroups(context, route.id));
      return;
    case 'me':
      sendUser(exchange, ownerOf(exchange));
      return;
    case 'user':
      sendUser(exchange, visibleUser(context, route.id));
      return;
    case 'group': {
      assertNotHidden(exchange, route);
      const group = visibleGroup(context, route.id);
      const { organisation, origin, url } = context;
      sendJson(response, serializeGroup(group, { organisation, origin, withStats: expands(url, 'stats') }));
      return;
    }
    case 'org':
      if (adminByKey(exchange.token.owner).sight !== 'everything') throw notPermitted();
      sendJson(response, orgSettings(world.origin, context.organisation.recipe));
      return;
    case 'unknown':
      throw notFound(context.url.pathname, 'Endpoint');
  }
}

function sendUser(exchange: Exchange, user: User): void {
  const { context, response } = exchange;
  send(response, 200, context.serializer.one(user, readOmissions(context.contentType)));
}

/** The person a token belongs to; one whose owner is gone was not let in. */
function ownerOf(exchange: Exchange): User {
  const owner = exchange.context.organisation.adminPerson(exchange.token.owner);
  if (!owner) throw invalidToken();
  return owner;
}

/** Cuts the page, lets the faults at it, and sends it with its two `Link` headers. */
function sendList(exchange: Exchange, route: Route, answer: ListAnswer): void {
  const { response, context, strike } = exchange;
  const { request } = answer;
  const target = faultTarget(route, request.cursor.page, request.limit);
  if (strike('server-error', target)) {
    throw new OktaError(500, 'E0000009', 'Internal Server Error');
  }
  const page = cutPage(answer.rows, request);
  const isEmptied = strike('empty-list', target) !== undefined;
  const next = answer.isPaged && !isEmptied ? page.next : null;
  const repeated = strike('repeat-cursor', target) ? request.cursor : next;
  response.setHeader('Link', linkHeaders(context.origin, request, repeated));
  const body = answer.print(isEmptied ? [] : page.positions);

  if (strike('stall', target)) {
    response.writeHead(200);
    response.write(body.subarray(0, Math.min(body.length, 64)));
    return;
  }
  if (strike('truncate', target)) {
    response.writeHead(200);
    response.end(body.subarray(0, Math.ceil(body.length / 2)));
    return;
  }
  send(response, 200, body);
}

/** A group that was listed a moment ago and is gone now. */
function assertNotHidden(exchange: Exchange, route: Route & { id: string }): void {
  if (exchange.strike('hide-group', faultTarget(route, 1, 0))) throw notFound(route.id, 'UserGroup');
}

function sendJson(response: ServerResponse, body: unknown): void {
  send(response, 200, Buffer.from(JSON.stringify(body)));
}
