import type { z } from 'zod';
import type { ErrorCode } from './error-codes.ts';

/**
 * Who may call an endpoint. `public` needs no session; `support` means any signed-in staff account;
 * `admin` means an account with that role. The server refuses to start when a route has none.
 */
export type EndpointRole = 'public' | 'support' | 'admin';

export type EndpointMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An answer that is not one JSON document: a stream, a file, a page. */
export type RawResponse = { readonly contentType: string; readonly description: string };

export type Endpoint = {
  readonly method: EndpointMethod;
  /** Express path, e.g. `/api/runs/:runId`. */
  readonly path: string;
  readonly role: EndpointRole;
  /** Verb and object, one line; the title in /api/docs. */
  readonly summary: string;
  readonly tag: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Absent: 204 without a body. */
  readonly response?: z.ZodType;
  readonly raw?: RawResponse;
  /** Status of success; default 200, or 204 without response. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Codes of its own, beside those that every endpoint can answer. */
  readonly errors: readonly ErrorCode[];
};

/** Keeps the literal types of one endpoint while checking its shape. */
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint;
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Sent<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a handler receives after parsing. */
export type EndpointParams<E extends Endpoint> = Parsed<E['params']>;
export type EndpointQuery<E extends Endpoint> = Parsed<E['query']>;
export type EndpointBody<E extends Endpoint> = Parsed<E['body']>;
/** What a handler must answer. */
export type EndpointAnswer<E extends Endpoint> = E['response'] extends z.ZodType
  ? z.input<E['response']>
  : void;

/** What a client sends and gets back. */
export type EndpointSentParams<E extends Endpoint> = Sent<E['params']>;
export type EndpointSentQuery<E extends Endpoint> = Sent<E['query']>;
export type EndpointSentBody<E extends Endpoint> = Sent<E['body']>;
export type EndpointResult<E extends Endpoint> = E['response'] extends z.ZodType
  ? z.output<E['response']>
  : undefined;
