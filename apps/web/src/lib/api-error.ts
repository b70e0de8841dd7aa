import type { ErrorCode } from '@gatehouse/contracts/error-codes';
import { type FieldProblem, type Problem, problemSchema } from '@gatehouse/contracts/problem';

/** `unreachable`: no answer came. `unreadable`: something answered, but not this server's API. */
export type ApiErrorCode = ErrorCode | 'unreachable' | 'unreadable';

type ApiErrorParts = {
  code: ApiErrorCode;
  status: number;
  detail: string;
  fields?: readonly FieldProblem[];
  facts?: Readonly<Record<string, unknown>>;
  requestId?: string;
  cause?: unknown;
};

/** Why a call to the API gave no result. `message` is the sentence for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  /** HTTP status; 0 when nothing answered. */
  readonly status: number;
  readonly fields: readonly FieldProblem[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly requestId: string | undefined;

  constructor(parts: ApiErrorParts) {
    super(parts.detail, { cause: parts.cause });
    this.code = parts.code;
    this.status = parts.status;
    this.fields = parts.fields ?? [];
    this.facts = parts.facts ?? {};
    this.requestId = parts.requestId;
  }
}

/** Whether the error is a problem answer with one of these codes. */
export function isApiError(error: unknown, ...codes: readonly ApiErrorCode[]): error is ApiError {
  return error instanceof ApiError && (codes.length === 0 || codes.includes(error.code));
}

function fieldsOf(problem: Problem): readonly FieldProblem[] {
  if (problem.fields) return problem.fields;
  return problem.field === undefined ? [] : [{ field: problem.field, detail: problem.detail }];
}

/** Reads an answer that is not a success: a problem document (RFC 9457), or anything a proxy may have put there. */
export async function readProblem(answer: Response): Promise<ApiError> {
  const text = await answer.text();
  const problem = problemSchema.safeParse(parseJson(text));
  if (!problem.success) {
    return new ApiError({
      code: 'unreadable',
      status: answer.status,
      detail: `The answer (HTTP ${answer.status}) does not come from Gatehouse. A proxy in between may have sent it.`,
      cause: problem.error,
    });
  }
  const { code, detail, facts, requestId } = problem.data;
  return new ApiError({
    code,
    status: answer.status,
    detail,
    fields: fieldsOf(problem.data),
    facts: facts ?? {},
    ...(requestId === undefined ? {} : { requestId }),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
