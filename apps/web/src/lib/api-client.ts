import type {
  Endpoint,
  EndpointResult,
  EndpointSentBody,
  EndpointSentParams,
  EndpointSentQuery,
} from '@gatehouse/contracts/endpoint';
import { ApiError, readProblem } from './api-error.ts';

type Part<Key extends string, Value> = [Value] extends [undefined]
  ? { [K in Key]?: undefined }
  : { [K in Key]: Value };

type OptionalPart<Key extends string, Value> = [Value] extends [undefined]
  ? { [K in Key]?: undefined }
  : // biome-ignore lint/complexity/noBannedTypes: the question is whether an empty object would do
    {} extends Value
    ? { [K in Key]?: Value }
    : { [K in Key]: Value };

/** What a call sends, derived from the endpoint's schemas: a part that the endpoint lacks cannot be given. */
export type EndpointRequest<E extends Endpoint> = Part<'params', EndpointSentParams<E>> &
  OptionalPart<'query', EndpointSentQuery<E>> &
  Part<'body', EndpointSentBody<E>> & { signal?: AbortSignal | undefined };

type AnyRequest = {
  params?: Record<string, unknown> | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
  signal?: AbortSignal | undefined;
};

/**
 * The path and query of a call, e.g. for the `href` of a download. Query values that are undefined, null or
 * empty are left out; lists repeat their key.
 */
export function endpointUrl<E extends Endpoint>(
  endpoint: E,
  request: Pick<EndpointRequest<E>, 'params' | 'query'>,
): string {
  return buildUrl(endpoint.path, request as AnyRequest);
}

function buildUrl(template: string, { params = {}, query = {} }: AnyRequest): string {
  const path = template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(key, String(one));
    }
  }
  return search.size === 0 ? path : `${path}?${search}`;
}

/**
 * Calls one endpoint of the contract.
 * @throws {ApiError} with the problem's code, or `unreachable` / `unreadable`.
 */
export async function callEndpoint<E extends Endpoint>(
  endpoint: E,
  request: EndpointRequest<E>,
): Promise<EndpointResult<E>> {
  const { body, signal, ...target } = request as AnyRequest;
  const answer = await send(buildUrl(endpoint.path, target), {
    method: endpoint.method,
    headers: {
      accept: 'application/json, application/problem+json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: signal ?? null,
  });
  if (!answer.ok) throw await readProblem(answer);
  return (endpoint.response ? await readJson(answer) : undefined) as EndpointResult<E>;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, credentials: 'same-origin' });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError({
      code: 'unreachable',
      status: 0,
      detail: 'Gatehouse does not answer. Nothing was lost: try again when the connection is back.',
      cause,
    });
  }
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch (cause) {
    throw new ApiError({
      code: 'unreadable',
      status: answer.status,
      detail: 'The answer of Gatehouse stopped half-way or was changed on the way here.',
      cause,
    });
  }
}
