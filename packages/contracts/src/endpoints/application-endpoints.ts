import { z } from 'zod';
import {
  applicationChangeSchema,
  applicationSchema,
  newApplicationSchema,
  redirectionSchema,
  redirectSnippetSchema,
} from '../application.ts';
import { defineEndpoint } from '../endpoint.ts';
import { publicIdSchema, windowOf, windowQuery } from '../primitives.ts';

const tag = 'Applications';
const params = z.object({ applicationId: publicIdSchema });
const signedInAdmin = ['not-signed-in', 'not-allowed', 'foreign-origin'] as const;

export const applicationEndpoints = {
  listApplications: defineEndpoint({
    method: 'GET',
    path: '/api/applications',
    role: 'admin',
    tag,
    summary: 'List applications with their redirection and nosso URLs',
    query: z.object(windowQuery),
    response: windowOf(applicationSchema),
    errors: ['not-signed-in', 'not-allowed'],
  }),
  createApplication: defineEndpoint({
    method: 'POST',
    path: '/api/applications',
    role: 'admin',
    tag,
    summary: 'Add an application',
    body: newApplicationSchema,
    response: applicationSchema,
    status: 201,
    errors: [...signedInAdmin, 'name-taken', 'base-url-refused'],
  }),
  getApplication: defineEndpoint({
    method: 'GET',
    path: '/api/applications/:applicationId',
    role: 'admin',
    tag,
    summary: 'Get an application',
    params,
    response: applicationSchema,
    errors: ['not-signed-in', 'not-allowed', 'not-found'],
  }),
  changeApplication: defineEndpoint({
    method: 'PUT',
    path: '/api/applications/:applicationId',
    role: 'admin',
    tag,
    summary: 'Save an application',
    params,
    body: applicationChangeSchema,
    response: applicationSchema,
    errors: [...signedInAdmin, 'not-found', 'name-taken', 'base-url-refused', 'version-conflict'],
  }),
  setRedirection: defineEndpoint({
    method: 'PUT',
    path: '/api/applications/:applicationId/redirection',
    role: 'admin',
    tag,
    summary: 'Enable SSO Redirect, the portal switch, and which identity provider people are sent to',
    params,
    body: redirectionSchema,
    response: applicationSchema,
    errors: [...signedInAdmin, 'not-found', 'redirection-locked'],
  }),
  getRedirectSnippets: defineEndpoint({
    method: 'GET',
    path: '/api/applications/:applicationId/snippets',
    role: 'admin',
    tag,
    summary: 'Get what to paste into the product or its proxy',
    params,
    response: z.object({ snippets: z.array(redirectSnippetSchema) }),
    errors: ['not-signed-in', 'not-allowed', 'not-found'],
  }),
  removeApplication: defineEndpoint({
    method: 'DELETE',
    path: '/api/applications/:applicationId',
    role: 'admin',
    tag,
    summary: 'Remove an application',
    params,
    body: z.object({ confirmName: z.string().max(200) }),
    errors: [...signedInAdmin, 'not-found', 'confirmation-wrong'],
  }),
} as const;
