import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import type { BuiltApp } from './build-app.ts';
import { readConfig } from './config.ts';
import { type Listening, listen } from './http/listen.ts';
import { createLogger, type Logger } from './logging/logger.ts';

/** Time for answers to finish, then for everything else to close. Milliseconds. */
const graceMs = 5_000;
const longestStopMs = 20_000;
/** Ctrl-C reaches the whole group, and the launcher passes it on: signals so close are one. */
const sameSignalMs = 1_000;

/** Compiled code of the last start; not in the shared temporary directory, where others could plant some. */
const compileCache = fileURLToPath(
  new URL('../../../node_modules/.cache/gatehouse/compiled', import.meta.url),
);

/**
 * V8 collects when the heap is so much larger than what was alive the last time. Left alone it waits for several times of
 * that while a sync makes garbage: 680 MB instead of 480 for 50,000 people, at the same speed.
 */
const heapGrowingPercent = 40;

const launcherGone = 'the launcher is gone';

let logger: Logger = createLogger({ logLevel: 'info' });
let running: { app: BuiltApp; server: Listening } | undefined;
let stoppingSince: number | undefined;

async function start(): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${heapGrowingPercent}`);
  const { config, secrets, warnings } = readConfig();
  logger = createLogger({ logLevel: config.logLevel });
  for (const warning of warnings) logger.warn(warning);
  // Everything else is loaded from here on, in about half the time with the cache; without one it is merely slower.
  enableCompileCache(compileCache);
  const { buildApp } = await import('./build-app.ts');
  const app = await buildApp({ config, secrets }, die);
  const server = await listen(app.handler, config).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  running = { app, server };
  await app.announceAddress(config.publicUrl);
  logger.info({ host: config.host, port: server.port }, 'listening');
  tellPeople(config, app.setUpToken);
}

function tellPeople(config: { publicUrl: string; rehearsalUrl?: string }, setUpToken: string | null): void {
  const lines = [['Gatehouse', config.publicUrl]];
  if (setUpToken !== null) lines.push(['Set it up', `${config.publicUrl}/setup?token=${setUpToken}`]);
  if (config.rehearsalUrl !== undefined) lines.push(['Rehearsal Okta', config.rehearsalUrl]);
  const text = lines.map(([name = '', value]) => `  ${name.padEnd(16)}${value}`).join('\n');
  process.stdout.write(`\n${text}\n\n`);
}

/** Stops taking requests, then closes everything. A second signal does not wait for that. */
async function stop(reason: string): Promise<void> {
  if (stoppingSince !== undefined) {
    if (reason !== launcherGone && Date.now() - stoppingSince > sameSignalMs) process.exit(1);
    return;
  }
  stoppingSince = Date.now();
  logger.info({ reason }, 'stopping');
  setTimeout(() => die(new Error(`stopping took more than ${longestStopMs} ms`)), longestStopMs).unref();
  running?.app.stopTaking();
  await running?.server.stop(graceMs);
  await running?.app.close();
  logger.info('stopped');
  process.exit(0);
}

/** Never silent: the cause is in the log before the process ends. */
function die(cause: unknown): void {
  logger.fatal({ err: cause }, 'Gatehouse cannot go on');
  process.exit(1);
}

process.on('uncaughtException', die);
process.on('unhandledRejection', die);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal).catch(die));
// Started by the launcher: when that is gone, however it went, this process has nobody to stop it.
process.on('disconnect', () => void stop(launcherGone).catch(die));

start().catch(async (error: unknown) => {
  const { describeStartFailure } = await import('./start-failure.ts');
  const words = describeStartFailure(error);
  if (words === null) die(error);
  process.stderr.write(`\nGatehouse does not start.\n${words}\n\n`);
  process.exit(1);
});
