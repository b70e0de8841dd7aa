import { type DestinationStream, type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino';
import { describeError } from './describe-error.ts';
import { redactText, redactValue } from './redact.ts';
import { currentRequestId } from './request-context.ts';

export type { Logger } from 'pino';

/** For pino-http too, whose defaults would write every header. Both forms of a request are understood. */
export const logSerializers = {
  err: describeError,
  error: describeError,
  req: describeRequest,
  res: describeResponse,
};

/**
 * Makes the process's logger: JSON lines with level names and ISO times. Every line passes the redactor as a
 * whole, after serialization: fields, messages, errors with their causes and what child loggers add.
 * @param options.destination default: standard output
 */
export function createLogger(options: { logLevel: string; destination?: DestinationStream }): Logger {
  const settings: LoggerOptions = {
    level: options.logLevel,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: logSerializers,
    mixin: () => {
      const requestId = currentRequestId();
      return requestId === undefined ? {} : { requestId };
    },
    hooks: { streamWrite: redactLine },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

function redactLine(line: string): string {
  try {
    return `${JSON.stringify(redactValue(JSON.parse(line)))}\n`;
  } catch {
    return `${redactText(line.trimEnd())}\n`;
  }
}

type RequestLike = { id?: unknown; method?: unknown; url?: unknown; originalUrl?: unknown };

/** Method and address of a request, without headers and body. */
function describeRequest(request: RequestLike): Record<string, unknown> {
  return { id: request.id, method: request.method, url: request.originalUrl ?? request.url };
}

function describeResponse(response: { statusCode?: unknown }): Record<string, unknown> {
  return { statusCode: response.statusCode };
}
