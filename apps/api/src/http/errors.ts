import { type ErrorCode, errorCodes } from '@gatehouse/contracts/error-codes';
import type { FieldProblem, Problem } from '@gatehouse/contracts/problem';
import { SyncError, type SyncErrorCode } from '@gatehouse/sync/ports';
import type { ErrorRequestHandler, Response } from 'express';
import { TurnstileFullError } from '../security/turnstile.ts';

type ApiErrorOptions = {
  /** The field that the problem belongs to, e.g. `schedule.expression`. */
  field?: string;
  /** All fields, when there are several. */
  fields?: readonly FieldProblem[];
  /** Facts of the code for scripts, e.g. `{ runId: 12 }`. */
  facts?: Readonly<Record<string, unknown>>;
  cause?: unknown;
};

/** An answer other than success, on purpose: a code of the contract and a sentence for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly fields: readonly FieldProblem[] | undefined;
  readonly facts: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, detail: string, options: ApiErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.fields = options.fields;
    this.facts = options.facts;
  }
}

/** Refusals that an operator wants to see in the log even when nobody complains. */
const notableCodes: ReadonlySet<ErrorCode> = new Set([
  'foreign-origin',
  'foreign-host',
  'setup-token-wrong',
  'setup-done',
  'sign-in-failed',
  'too-many-requests',
]);

const syncErrors: Record<SyncErrorCode, { code: ErrorCode; detail: string }> = {
  'lease-lost': {
    code: 'run-in-progress',
    detail: 'Another run of this connector took over in the meantime.',
  },
  cancelled: { code: 'run-over', detail: 'The run was cancelled in the meantime.' },
  'settings-changed': {
    code: 'plan-settings-changed',
    detail: 'The settings of the connector changed since this plan was made. Simulate again.',
  },
  'plan-not-open': {
    code: 'plan-closed',
    detail: 'The plan was applied, discarded or replaced in the meantime.',
  },
};

/** What body-parser says in `type`; whatever it says beside these is a request that cannot be read. */
const bodyErrors: Record<string, { code: ErrorCode; detail: string } | undefined> = {
  'entity.parse.failed': { code: 'bad-request', detail: 'The body is not valid JSON.' },
  'entity.too.large': { code: 'too-large', detail: 'The body is larger than 1 MiB.' },
  'encoding.unsupported': {
    code: 'not-json',
    detail: 'The body has a content encoding that is not understood.',
  },
  'charset.unsupported': { code: 'not-json', detail: 'The body must be JSON in UTF-8.' },
  'request.aborted': { code: 'bad-request', detail: 'The request ended before its body was complete.' },
  'request.size.invalid': {
    code: 'bad-request',
    detail: 'The body is not as long as its content-length says.',
  },
};

/** Every error that reaches the edge becomes one of these; what is not known is `server-error`. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof SyncError) {
    const { code, detail } = syncErrors[error.code];
    return new ApiError(code, detail, { facts: error.facts, cause: error });
  }
  if (error instanceof TurnstileFullError) {
    return new ApiError(
      'too-many-requests',
      'Too many people are signing in right now. Try again in a moment.',
      {
        facts: { retryAfterSeconds: 5 },
        cause: error,
      },
    );
  }
  const { type, status } = describeHttpError(error);
  if (status !== undefined && status >= 400 && status < 500) {
    const known = bodyErrors[type ?? ''];
    if (known) return new ApiError(known.code, known.detail, { cause: error });
    return new ApiError('bad-request', 'The request cannot be read.', { cause: error });
  }
  return new ApiError(
    'server-error',
    'Something failed on the server. The log of Gatehouse has the cause under this request id.',
    { cause: error },
  );
}

function describeHttpError(error: unknown): { type?: string; status?: number } {
  if (typeof error !== 'object' || error === null) return {};
  const type = 'type' in error && typeof error.type === 'string' ? error.type : undefined;
  const status = 'status' in error && typeof error.status === 'number' ? error.status : undefined;
  return { ...(type === undefined ? {} : { type }), ...(status === undefined ? {} : { status }) };
}

/** The problem document (RFC 9457) of an error. */
export function toProblem(error: ApiError, requestId: string): Problem {
  const { status, title } = errorCodes[error.code];
  const fields =
    error.fields ?? (error.field === undefined ? undefined : [{ field: error.field, detail: error.message }]);
  const field = error.field ?? (fields?.length === 1 ? fields[0]?.field : undefined);
  return {
    type: `/api/docs#${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    ...(field === undefined ? {} : { field }),
    ...(fields === undefined ? {} : { fields: [...fields] }),
    requestId,
    ...(error.facts === undefined ? {} : { facts: { ...error.facts } }),
  };
}

/** Sends a problem; an answer that has begun is cut off, so that nobody takes the half for the whole. */
export function sendProblem(response: Response, error: ApiError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem = toProblem(error, String(response.req.id));
  const retryAfter = error.facts?.retryAfterSeconds;
  if (typeof retryAfter === 'number') response.set('retry-after', String(Math.ceil(retryAfter)));
  response.set('cache-control', 'no-store');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** The last handler of the app: the one translator from errors to answers. */
export function errorHandler(): ErrorRequestHandler {
  return (error, request, response, next) => {
    void next;
    const translated = toApiError(error);
    if (translated.code === 'server-error') request.log.error({ err: error }, 'request failed');
    else if (notableCodes.has(translated.code)) {
      request.log.warn({ code: translated.code, remoteAddress: request.ip }, translated.message);
    }
    response.locals.problemCode = translated.code;
    sendProblem(response, translated);
  };
}
