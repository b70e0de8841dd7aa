import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { overviewSchema } from '../overview.ts';
import { serverSchema } from '../server.ts';

const tag = 'System';

export const systemEndpoints = {
  getHealth: defineEndpoint({
    method: 'GET',
    path: '/healthz',
    role: 'public',
    tag,
    summary: 'Say that the process lives',
    response: z.object({ status: z.literal('ok') }),
    errors: [],
  }),
  getReadiness: defineEndpoint({
    method: 'GET',
    path: '/readyz',
    role: 'public',
    tag,
    summary: 'Say whether requests are taken (503 while starting or stopping)',
    response: z.object({ status: z.enum(['ready', 'starting', 'stopping']) }),
    errors: ['not-ready'],
  }),
  getServer: defineEndpoint({
    method: 'GET',
    path: '/api/server',
    role: 'public',
    tag,
    summary: 'Get the name, version and state of this server',
    response: serverSchema,
    errors: [],
  }),
  getOverview: defineEndpoint({
    method: 'GET',
    path: '/api/overview',
    role: 'admin',
    tag,
    summary: 'Get the set-up checklist and the health of this installation',
    response: overviewSchema,
    errors: ['not-signed-in', 'not-allowed'],
  }),
  streamEvents: defineEndpoint({
    method: 'GET',
    path: '/api/events',
    role: 'support',
    tag,
    summary: 'Stream what changed, as server-sent events; replays after Last-Event-ID',
    raw: { contentType: 'text/event-stream', description: 'data: {"topic", "version"}' },
    errors: ['not-signed-in'],
  }),
  getOpenApi: defineEndpoint({
    method: 'GET',
    path: '/api/openapi.json',
    role: 'public',
    tag,
    summary: 'Get this API as OpenAPI 3.1',
    raw: { contentType: 'application/json', description: 'The OpenAPI document' },
    errors: [],
  }),
  getApiDocs: defineEndpoint({
    method: 'GET',
    path: '/api/docs',
    role: 'public',
    tag,
    summary: 'Read this API as a page',
    raw: { contentType: 'text/html', description: 'A page without script' },
    errors: [],
  }),
} as const;
