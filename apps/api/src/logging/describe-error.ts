const deepest = 5;

/** What is kept of an error: never its other properties, which may hold requests, answers or sockets. */
export type ErrorDescription = {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorDescription;
  errors?: ErrorDescription[];
};

/** Describes an error with its causes, and the parts of an AggregateError, five levels deep. */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: textOf(error) };
  const description: ErrorDescription = { type: error.name, message: error.message };
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')) {
    description.code = String(error.code);
  }
  if (error.stack !== undefined) description.stack = error.stack;
  if (depth >= deepest) return description;
  if (error.cause !== undefined) description.cause = describeError(error.cause, depth + 1);
  if (error instanceof AggregateError) {
    description.errors = error.errors.slice(0, 10).map((part) => describeError(part, depth + 1));
  }
  return description;
}

/** Something other than an Error was thrown. */
function textOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  const message = 'message' in thrown ? thrown.message : undefined;
  return typeof message === 'string' ? message : `thrown ${Object.prototype.toString.call(thrown)}`;
}
