import type { Endpoint } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { commonErrorCodes, type ErrorCode, errorCodes } from '@gatehouse/contracts/error-codes';
import { problemSchema } from '@gatehouse/contracts/problem';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';

/** The API as an OpenAPI 3.1 document, made from the endpoint table. */
export function createOpenApi(options: { version: string; publicUrl: string; cookieName: string }): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: describeOperation(name, endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse',
      version: options.version,
      description:
        'Sign in with POST /api/session and send the cookie. Changes need an Origin header equal to the address of this server. Errors are application/problem+json with a stable code.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: options.publicUrl }],
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: options.cookieName } },
    },
    paths: paths as ZodOpenApiPathsObject,
  });
}

function describeOperation(operationId: string, endpoint: Endpoint): ZodOpenApiOperationObject {
  const { params, query, body } = endpoint;
  return {
    operationId,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    security: endpoint.role === 'public' ? [] : [{ session: [] }],
    ...(endpoint.role === 'public' ? {} : { description: `Role: ${endpoint.role}.` }),
    requestParams: { ...(params ? { path: params } : {}), ...(query ? { query } : {}) },
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      [String(successStatus(endpoint))]: describeSuccess(endpoint),
      ...describeErrors(endpoint),
    },
  };
}

/** Status of success: the declared one, else 200, or 204 without a body. */
export function successStatus(endpoint: Endpoint): number {
  return endpoint.status ?? (endpoint.response || endpoint.raw ? 200 : 204);
}

/** The endpoint's own codes and those that every endpoint can answer, each once. */
export function allErrorCodes(endpoint: Endpoint): readonly ErrorCode[] {
  return [...new Set<ErrorCode>([...endpoint.errors, ...commonErrorCodes])];
}

function describeSuccess(endpoint: Endpoint) {
  if (endpoint.raw) {
    const types = endpoint.raw.contentType.split(' or ');
    return {
      description: endpoint.raw.description,
      content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' as const } }])),
    };
  }
  if (!endpoint.response) return { description: 'Done; no body' };
  return { description: 'Done', content: { 'application/json': { schema: endpoint.response } } };
}

function describeErrors(endpoint: Endpoint) {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of allErrorCodes(endpoint)) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${errorCodes[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}

const problem = problemSchema.meta({ id: 'Problem' });
