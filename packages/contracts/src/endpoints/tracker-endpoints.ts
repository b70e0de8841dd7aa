import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { publicIdSchema, windowOf, windowQuery } from '../primitives.ts';
import {
  supportBundleSchema,
  testableIdpSchema,
  trackerIdSchema,
  trackerSchema,
  trackerSummarySchema,
} from '../tracker.ts';

const tag = 'Trackers';
const params = z.object({ trackerId: trackerIdSchema });

export const trackerEndpoints = {
  listTrackers: defineEndpoint({
    method: 'GET',
    path: '/api/trackers',
    role: 'support',
    tag,
    summary: 'List trackers, newest first: tests, logins that failed, and logins as one line each',
    query: z.object({
      ...windowQuery,
      show: z.enum(['all', 'tests', 'failed', 'logins']).default('all'),
      idpId: publicIdSchema.optional(),
    }),
    response: windowOf(trackerSummarySchema),
    errors: ['not-signed-in'],
  }),
  listTestableIdps: defineEndpoint({
    method: 'GET',
    path: '/api/testable-idps',
    role: 'support',
    tag,
    summary: 'List identity providers that a tracker can be started for: names only',
    query: z.object(windowQuery),
    response: windowOf(testableIdpSchema),
    errors: ['not-signed-in'],
  }),
  createTracker: defineEndpoint({
    method: 'POST',
    path: '/api/trackers',
    role: 'support',
    tag,
    summary: 'Start a tracker: its test URL works once, for an hour, and writes nothing to the directory',
    body: z.object({ idpId: publicIdSchema }),
    response: trackerSchema,
    status: 201,
    errors: ['not-signed-in', 'not-allowed', 'foreign-origin', 'not-found', 'idp-incomplete'],
  }),
  getTracker: defineEndpoint({
    method: 'GET',
    path: '/api/trackers/:trackerId',
    role: 'support',
    tag,
    summary: 'Fetch a tracker by its id, in any case and with or without the dash',
    params,
    response: trackerSchema,
    errors: ['not-signed-in', 'not-found'],
  }),
  getSupportBundle: defineEndpoint({
    method: 'GET',
    path: '/api/trackers/:trackerId/bundle',
    role: 'support',
    tag,
    summary: 'Look at what Contact Support would send',
    params,
    response: supportBundleSchema,
    errors: ['not-signed-in', 'not-found'],
  }),
  downloadSupportBundle: defineEndpoint({
    method: 'GET',
    path: '/api/trackers/:trackerId/bundle.zip',
    role: 'support',
    tag,
    summary: 'Download the support bundle',
    params,
    raw: { contentType: 'application/zip', description: 'The files that getSupportBundle shows' },
    errors: ['not-signed-in', 'not-found'],
  }),
} as const;
