import type { Endpoint } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { errorCodes } from '@gatehouse/contracts/error-codes';
import type { Response } from 'express';
import { describe, expect, it, vi } from 'vitest';
import { createApiDocs, curlLine, renderApiDocs } from './api-docs.ts';
import { createOpenApi } from './openapi.ts';

const publicUrl = 'http://localhost:8484';
const all = Object.entries<Endpoint>(endpoints);

type Operation = {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: object;
  responses: Record<string, { content?: Record<string, object> }>;
  security: object[];
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};

const document = JSON.parse(
  JSON.stringify(createOpenApi({ version: '1.0.0', publicUrl, cookieName: 'gatehouse-8484' })),
) as Document;

describe('the OpenAPI document', () => {
  it('is 3.1', () => {
    expect(document.openapi).toBe('3.1.0');
  });

  it.each(all)('has %s with its parameters, body, answer and errors', (name, endpoint) => {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    const operation = document.paths[path]?.[endpoint.method.toLowerCase()];

    expect(operation?.operationId).toBe(name);
    const inPath = (operation?.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(inPath.map((parameter) => `{${parameter.name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    expect(inPath.every((parameter) => parameter.required)).toBe(true);
    expect(operation?.requestBody !== undefined).toBe(endpoint.body !== undefined);
    expect(operation?.security.length).toBe(endpoint.role === 'public' ? 0 : 1);
    for (const code of endpoint.errors) {
      const answer = operation?.responses[String(errorCodes[code].status)];
      expect(Object.keys(answer?.content ?? {})).toContain('application/problem+json');
    }
  });

  it('resolves every reference in itself', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(references.length).toBeGreaterThan(0);

    for (const reference of new Set(references)) {
      const name = /^#\/components\/schemas\/(.+)$/.exec(reference)?.[1] ?? '';
      expect(document.components.schemas, reference).toHaveProperty([name]);
    }
  });
});

describe('the page', () => {
  const page = renderApiDocs(publicUrl);

  it.each(all)('has %s', (name, endpoint) => {
    expect(page).toContain(`<section id="${name}">`);
    expect(page).toContain(`</span> ${endpoint.path.replaceAll('&', '&amp;')}</code>`);
  });

  it.each(Object.keys(errorCodes))('explains the code %s, where links lead', (code) => {
    expect(page).toContain(`<tr id="${code}">`);
  });

  it('is rendered once, however often it is asked for', () => {
    const render = vi.fn(() => '<p>Rendered.</p>');
    const send = createApiDocs(publicUrl, render);
    const response = {
      locals: {},
      status: () => response,
      set: () => response,
      type: () => response,
      send: vi.fn(),
    };
    for (let asked = 0; asked < 3; asked += 1) send(response as unknown as Response);

    expect(render).toHaveBeenCalledOnce();
    expect(response.send).toHaveBeenCalledTimes(3);
    expect(response.send).toHaveBeenLastCalledWith(expect.stringContaining('<p>Rendered.</p>'));
  });

  it('has no script and no style attribute', () => {
    expect(page).not.toMatch(/<script|javascript:|\son\w+=|\sstyle=/i);
  });
});

it.each([
  { endpoint: endpoints.getHealth, line: `curl -s 'http://localhost:8484/healthz'` },
  { endpoint: endpoints.getRun, line: `curl -s -b jar -c jar 'http://localhost:8484/api/runs/<runId>'` },
  {
    endpoint: endpoints.signIn,
    line: `curl -s -b jar -c jar -X POST -H 'Origin: http://localhost:8484' --json '{"email":"…","password":"…"}' 'http://localhost:8484/api/session'`,
  },
])('a curl line: $line', ({ endpoint, line }) => {
  expect(curlLine(endpoint, publicUrl)).toBe(line);
});
