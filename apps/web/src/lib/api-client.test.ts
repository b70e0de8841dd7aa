import { defineEndpoint } from '@gatehouse/contracts/endpoint';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { callEndpoint, endpointUrl } from './api-client.ts';
import { ApiError } from './api-error.ts';

const readThing = defineEndpoint({
  method: 'GET',
  path: '/api/things/:thingId',
  role: 'support',
  tag: 'Test',
  summary: 'Read a thing',
  params: z.object({ thingId: z.string() }),
  query: z.object({ search: z.string().optional(), tag: z.array(z.string()).optional() }),
  response: z.object({ name: z.string() }),
  errors: ['not-found'],
});
const removeThing = defineEndpoint({
  method: 'DELETE',
  path: '/api/things',
  role: 'admin',
  tag: 'Test',
  summary: 'Remove',
  errors: [],
});

const problem = {
  type: 'about:blank',
  title: 'The name is used already',
  status: 409,
  code: 'name-taken',
  detail: 'Another connector is called Acme.',
  field: 'name',
  requestId: 'r-1',
};

function stubFetch(answer: () => Response | Promise<Response>) {
  const stub = vi.fn((_url: string, _init: RequestInit) => Promise.resolve(answer()));
  vi.stubGlobal('fetch', stub);
  return stub;
}

afterEach(() => vi.unstubAllGlobals());

describe('endpointUrl', () => {
  const cases: [query: { search?: string; tag?: string[] }, expected: string][] = [
    [{}, '/api/things/a%2Fb'],
    [{ search: '' }, '/api/things/a%2Fb'],
    [{ search: 'Höß & Co' }, '/api/things/a%2Fb?search=H%C3%B6%C3%9F+%26+Co'],
    [{ tag: ['x', 'y'] }, '/api/things/a%2Fb?tag=x&tag=y'],
  ];
  test.each(cases)('%o', (query, expected) => {
    expect(endpointUrl(readThing, { params: { thingId: 'a/b' }, query })).toBe(expected);
  });
});

describe('callEndpoint', () => {
  test('gives the answer', async () => {
    const fetched = stubFetch(() => Response.json({ name: 'Acme' }));

    await expect(callEndpoint(readThing, { params: { thingId: '1' } })).resolves.toEqual({ name: 'Acme' });
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/things/1');
  });

  test('needs no body in an answer without one', async () => {
    stubFetch(() => new Response(null, { status: 204 }));

    await expect(callEndpoint(removeThing, {})).resolves.toBeUndefined();
  });

  const failures: [name: string, answer: () => Response | Promise<Response>, expected: Partial<ApiError>][] =
    [
      [
        'a problem',
        () => Response.json(problem, { status: 409 }),
        {
          code: 'name-taken',
          status: 409,
          message: problem.detail,
          fields: [{ field: 'name', detail: problem.detail }],
          requestId: 'r-1',
        },
      ],
      [
        'a problem of several fields',
        () => Response.json({ ...problem, fields: [{ field: 'a', detail: 'x' }] }, { status: 422 }),
        { status: 422, fields: [{ field: 'a', detail: 'x' }] },
      ],
      [
        'the page of a proxy',
        () => new Response('<h1>502</h1>', { status: 502 }),
        { code: 'unreadable', status: 502 },
      ],
      ['half an answer', () => new Response('{"name":', { status: 200 }), { code: 'unreadable' }],
      [
        'no answer',
        () => Promise.reject(new TypeError('Failed to fetch')),
        { code: 'unreachable', status: 0 },
      ],
    ];
  test.each(failures)('%s', async (_, answer, expected) => {
    stubFetch(answer);

    const error = await callEndpoint(readThing, { params: { thingId: '1' } }).catch((caught) => caught);

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject(expected);
  });

  test('an abort stays an abort', async () => {
    stubFetch(() => Promise.reject(new DOMException('stopped', 'AbortError')));

    await expect(callEndpoint(readThing, { params: { thingId: '1' } })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
