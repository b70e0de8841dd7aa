import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_KEYS } from '../org/admins.ts';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';

/**
 * Holds the answers against Okta's own description of its API (npm `@okta/openapi`, a Swagger 2.0 file
 * without examples): each answer must have the fields and types of the schema that Okta declares for
 * that operation, and each declared query parameter must be taken.
 */
type Schema = {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: string[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
};
type Operation = {
  operationId: string;
  parameters: { name: string; in: string; type: string; default?: unknown }[];
  responses: Record<string, { schema?: Schema }>;
};
type Specification = {
  paths: Record<string, Record<string, Operation>>;
  definitions: Record<string, Schema>;
};

const require = createRequire(import.meta.url);
const specification = JSON.parse(
  readFileSync(require.resolve('@okta/openapi/dist/spec.json'), 'utf8'),
) as Specification;

/** Fields that Okta added to its API after that description was published (current API reference). */
const LATER_FIELDS: Record<string, readonly string[]> = {
  UserCredentials: ['emails'],
  Group: ['source'],
  GroupProfile: [
    'description',
    'groupType',
    'groupScope',
    'samAccountName',
    'objectSid',
    'externalId',
    'dn',
    'windowsDomainQualifiedName',
  ],
  /** Custom attributes of the org. */
  UserProfile: ['badgeNumber', 'remote', 'skills'],
};

const NULLABLE = new Set([
  'activated',
  'statusChanged',
  'lastLogin',
  'passwordChanged',
  'transitioningToStatus',
  'firstName',
  'lastName',
  'secondEmail',
  'mobilePhone',
  'description',
  'address2',
  'state',
  'phoneNumber',
  'supportPhoneNumber',
  'endUserSupportHelpURL',
  'expiresAt',
]);

/** Every way in which a value departs from a schema, as `path: reason`, each once for all rows of a list. */
function departures(value: unknown, schema: Schema): string[] {
  return [...new Set(departuresAt(value, schema, 'body').map((text) => text.replace(/\[\d+\]/g, '[]')))];
}

function departuresAt(value: unknown, schema: Schema, path: string, definition = ''): string[] {
  if (schema.$ref) {
    const name = schema.$ref.replace('#/definitions/', '');
    const target = specification.definitions[name];
    return target ? departuresAt(value, target, path, name) : [`${path}: no schema ${name}`];
  }
  if (value === null) return NULLABLE.has(path.split('.').at(-1) ?? '') ? [] : [`${path}: null`];
  if (schema.enum)
    return schema.enum.includes(String(value)) ? [] : [`${path}: ${String(value)} is not listed`];
  switch (schema.type) {
    case 'array':
      if (!Array.isArray(value)) return [`${path}: no array`];
      return value.flatMap((item, index) => departuresAt(item, schema.items ?? {}, `${path}[${index}]`));
    case 'object':
      return objectDepartures(value, schema, path, definition);
    case 'string': {
      if (typeof value !== 'string') return [`${path}: no string`];
      const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
      return schema.format === 'date-time' && !isTime ? [`${path}: ${value} is no time`] : [];
    }
    case 'integer':
      return Number.isInteger(value) ? [] : [`${path}: no integer`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path}: no boolean`];
    default:
      return [];
  }
}

function objectDepartures(value: unknown, schema: Schema, path: string, definition: string): string[] {
  if (typeof value !== 'object' || Array.isArray(value)) return [`${path}: no object`];
  if (!schema.properties && !schema.additionalProperties) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([name, field]) => {
    const declared = schema.properties?.[name] ?? schema.additionalProperties;
    if (declared) return departuresAt(field, declared, `${path}.${name}`);
    return (LATER_FIELDS[definition] ?? []).includes(name) ? [] : [`${path}.${name}: not in ${definition}`];
  });
}

let rehearsal: Rehearsal;
const tokens: string[] = [];
const ids = { userId: '', groupId: '' };

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 2000, groups: 80, rateLimit: 'off' });
  for (const owner of ADMIN_KEYS)
    tokens.push((await rehearsal.control.tokens.create({ name: owner, owner })).value);
  const groups = (await (await get('/api/v1/groups?expand=stats')).json()) as {
    id: string;
    _embedded: { stats: { usersCount: number } };
  }[];
  ids.groupId = groups.slice(1).find((group) => group._embedded.stats.usersCount > 50)?.id ?? '';
  ids.userId = ((await (await get('/api/v1/users?limit=1')).json()) as { id: string }[])[0]?.id ?? '';
});

afterAll(() => rehearsal.close());

function get(path: string): Promise<Response> {
  return fetch(rehearsal.url + path, { headers: { authorization: `SSWS ${tokens[0]}` } });
}

function operation(path: string): Operation {
  const found = specification.paths[path]?.get;
  if (!found) throw new Error(`Okta describes no GET ${path}`);
  return found;
}

function concrete(path: string): string {
  return path.replace('{userId}', ids.userId).replace('{groupId}', ids.groupId);
}

const PLAYED = [
  '/api/v1/users',
  '/api/v1/users/{userId}',
  '/api/v1/users/{userId}/groups',
  '/api/v1/groups',
  '/api/v1/groups/{groupId}',
  '/api/v1/groups/{groupId}/users',
  '/api/v1/org',
];

describe('answers', () => {
  it.each(PLAYED)('GET %s has the fields and types that Okta declares', async (path) => {
    const { responses } = operation(path);

    const response = await get(concrete(path));
    const body: unknown = await response.json();

    expect(response.status).toBe(200);
    expect(Array.isArray(body) ? body.length : 1).toBeGreaterThan(0);
    expect(departures(body, responses['200']?.schema ?? {})).toEqual([]);
  });

  it('every person of every status and every kind of group keeps to the schema', async () => {
    const users = (await (await get(`/api/v1/groups/${await everyoneId()}/users?limit=1000`)).json()) as {
      status: string;
    }[];
    const groups: unknown = await (await get('/api/v1/groups?expand=stats')).json();

    expect(new Set(users.map((user) => user.status)).size).toBe(8);
    expect(departures(users, { type: 'array', items: { $ref: '#/definitions/User' } })).toEqual([]);
    expect(departures(groups, { type: 'array', items: { $ref: '#/definitions/Group' } })).toEqual([]);
  });

  it('a person carries every field of the schema, and a group too', async () => {
    const user = (await (await get(`/api/v1/users/${ids.userId}`)).json()) as object;
    const group = (await (await get(`/api/v1/groups/${ids.groupId}?expand=stats`)).json()) as object;
    const fieldsOf = (name: string) => Object.keys(specification.definitions[name]?.properties ?? {});

    expect(Object.keys(user)).toEqual(
      expect.arrayContaining(fieldsOf('User').filter((name) => name !== '_embedded')),
    );
    expect(Object.keys(group)).toEqual(expect.arrayContaining(fieldsOf('Group')));
  });

  async function everyoneId(): Promise<string> {
    return ((await (await get('/api/v1/groups?limit=1')).json()) as { id: string }[])[0]?.id ?? '';
  }
});

describe('query parameters', () => {
  const samples: Record<string, string> = {
    q: 'a',
    limit: '3',
    filter: 'lastUpdated gt "2013-06-01T00:00:00.000Z"',
    search: 'lastUpdated gt "2013-06-01T00:00:00.000Z"',
    sortBy: 'lastUpdated',
    sortOrder: 'desc',
    expand: 'stats',
  };
  const declared = PLAYED.flatMap((path) =>
    operation(path)
      .parameters.filter((parameter) => parameter.in === 'query' && parameter.name !== 'after')
      .map((parameter) => [path, parameter.name] as const),
  );

  it.each(declared)('GET %s takes %s', async (path, name) => {
    const search = new URLSearchParams({ search: 'status pr', [name]: samples[name] ?? '' });
    if (!name.startsWith('sort')) search.delete('search');
    if (name === 'search') search.set('search', samples.search ?? '');

    const response = await get(`${concrete(path)}?${search}`);
    const body = (await response.json()) as unknown[];

    expect(samples[name]).toBeDefined();
    expect(response.status).toBe(200);
    expect(body.length).toBeGreaterThan(0);
  });

  it.each(
    PLAYED.filter((path) => operation(path).parameters.some((parameter) => parameter.name === 'after')),
  )('GET %s takes the cursor of its own next link', async (path) => {
    const first = await get(`${concrete(path)}?limit=3`);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const firstIds = ((await first.json()) as { id: string }[]).map(({ id }) => id);

    const second = await get(new URL(next).pathname + new URL(next).search);
    const secondIds = ((await second.json()) as { id: string }[]).map(({ id }) => id);

    expect(secondIds).toHaveLength(3);
    expect(secondIds.some((id) => firstIds.includes(id))).toBe(false);
  });
});
