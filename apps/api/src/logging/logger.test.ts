import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';
import { requestIdFrom, runWithRequestId } from './request-context.ts';

function capture(logLevel = 'trace') {
  const lines: string[] = [];
  const logger = createLogger({ logLevel, destination: { write: (line: string) => lines.push(line) } });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> };
}

test('writes one JSON line with level name and ISO time', () => {
  const { logger, lines, last } = capture();

  logger.info({ count: 3 }, 'synced %d users', 3);

  expect(lines).toHaveLength(1);
  expect(lines[0]?.endsWith('}\n')).toBe(true);
  expect(last()).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    count: 3,
    msg: 'synced 3 users',
  });
});

test('keeps to its level', () => {
  const { logger, lines } = capture('warn');

  logger.info('no');
  logger.warn('yes');

  expect(lines).toHaveLength(1);
});

const canary = 'canary-0123456789';

test.each<[string, (logger: ReturnType<typeof createLogger>) => void]>([
  ['a field', (logger) => logger.info({ apiToken: canary }, 'x')],
  ['a nested field', (logger) => logger.info({ request: { headers: { cookie: canary } } }, 'x')],
  ['a message', (logger) => logger.info(`sent SSWS ${canary}`)],
  ['a message argument', (logger) => logger.info('sent %s', `Bearer ${canary}`)],
  ['an object argument', (logger) => logger.info('sent %j', { password: canary })],
  ['an error', (logger) => logger.error(new Error(`Bearer ${canary}`))],
  ['an error field', (logger) => logger.error({ err: new Error(`token=${canary}`) }, 'x')],
  ['a cause', (logger) => logger.error(new Error('x', { cause: new Error(`secret: ${canary}`) }))],
  ['a property of an error', (logger) => logger.error(Object.assign(new Error('x'), { data: canary }))],
  ['a part of an error', (logger) => logger.error(new AggregateError([new Error(`Basic ${canary}`)]))],
  ['a child', (logger) => logger.child({ password: canary }).info('x')],
  [
    'a header of a request',
    (logger) => logger.info({ req: { method: 'GET', url: '/', headers: { 'x-a': canary } } }),
  ],
  [
    'a query of a request',
    (logger) => logger.info({ req: { method: 'GET', url: `/cb?code=${canary}&state=1` } }),
  ],
])('a secret in %s does not reach the log', (_where, write) => {
  const { logger, lines } = capture();

  write(logger);

  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain(canary);
  expect(() => JSON.parse(lines[0] ?? '')).not.toThrow();
});

test('an error keeps what explains it', () => {
  const { logger, last } = capture();

  logger.error({ err: new TypeError('outer', { cause: new Error('inner') }) }, 'sync failed');

  expect(last()).toMatchObject({
    msg: 'sync failed',
    err: {
      type: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('logger.test'),
      cause: { message: 'inner' },
    },
  });
});

test('lines of one request carry its id, other lines none', async () => {
  const { logger, lines } = capture();

  await runWithRequestId('request-1', async () => {
    await Promise.resolve();
    logger.info('inside');
  });
  logger.info('outside');

  expect(lines.map((line) => JSON.parse(line).requestId)).toEqual(['request-1', undefined]);
});

test.each([
  ['abcdefgh', true],
  ['4bf92f35-77b3_4da6', true],
  ['short', false],
  ['a'.repeat(65), false],
  ['<script>alert', false],
  [undefined, false],
  [['abcdefgh', 'abcdefgi'], false],
])('the request id %j is kept: %s', (header, isKept) => {
  const id = requestIdFrom(header);

  expect(id === header).toBe(isKept);
  expect(id).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
});
