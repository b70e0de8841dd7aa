import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../apps/api/src/config.ts';
import {
  DataDirectoryInUseError,
  refuseWhenOwned,
  thisProcess,
} from '../apps/api/src/stores/process-owner.ts';
import { packageRunners } from './ancestors.ts';
import { buildWebIfChanged } from './build-web.ts';
import { generateIfChanged } from './generate.ts';
import { root } from './root.ts';

/** A child that takes longer to stop is killed. Milliseconds. */
const longestStopMs = 25_000;
/** Compiled code of the last start, so that the next one is quicker. */
const compileCache = join(root, 'node_modules/.cache/gatehouse/compiled');
const lookForRunnersEveryMs = 1_000;

/**
 * `pnpm start`: generates and builds what changed, then runs the API and, beside it, the rehearsal, until one of them
 * has to end. Production runs `apps/api/src/main.ts` by itself.
 */
function launch(): void {
  const { config } = readConfig();
  refuseSecondStart(config.dataDir);
  prepare();

  const children = new Set<ChildProcess>();
  let exitCode: number | undefined;

  function begin(
    script: string,
    environment: Record<string, string>,
    output: 'inherit' | 'pipe',
  ): ChildProcess {
    // Through the channel a child notices that this process is gone, however it went.
    const child = spawn(process.execPath, [join(root, script)], {
      stdio: ['ignore', output, 'inherit', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ...environment },
    });
    children.add(child);
    child.once('close', () => {
      children.delete(child);
      if (exitCode !== undefined && children.size === 0) process.exit(exitCode);
    });
    return child;
  }

  function stop(code: number): void {
    if (exitCode !== undefined) return;
    exitCode = code;
    if (children.size === 0) process.exit(code);
    for (const child of children) child.kill('SIGTERM');
    setTimeout(() => {
      for (const child of children) child.kill('SIGKILL');
    }, longestStopMs).unref();
  }

  function passOn(): void {
    if (exitCode === undefined) stop(0);
    // Once more: whoever sends it does not want to wait.
    else for (const child of children) child.kill('SIGTERM');
  }

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, passOn);
  stopWithRunners(() => stop(0));

  const rehearsalUrl = `http://127.0.0.1:${config.port + 1}`;
  if (config.hasRehearsal) {
    const state = {
      REHEARSAL_PORT: String(config.port + 1),
      REHEARSAL_STATE: join(config.dataDir, 'rehearsal'),
    };
    const rehearsal = begin('packages/rehearsal/src/main.ts', state, 'pipe');
    // It says in JSON when it is ready; the API tells people the address.
    rehearsal.stdout?.resume();
    rehearsal.once('exit', (code) => {
      if (exitCode !== undefined) return;
      console.error(`The rehearsal has ended (${code}). Start without it by REHEARSAL=off.`);
      stop(code || 1);
    });
  }
  const allow = [...config.outboundAllow, rehearsalUrl].join(',');
  const passed = { OUTBOUND_ALLOW: allow, REHEARSAL_URL: rehearsalUrl };
  const api = begin('apps/api/src/main.ts', config.hasRehearsal ? passed : {}, 'inherit');
  api.once('exit', (code, signal) => stop(code ?? (signal === null ? 1 : 128)));
}

/**
 * The server asks this too, but only after the interface that another one serves would have been built anew.
 * @throws DataDirectoryInUseError
 */
function refuseSecondStart(dataDir: string): void {
  try {
    refuseWhenOwned(join(dataDir, 'gatehouse.db'), thisProcess(), Date.now());
  } catch (error) {
    // What else is wrong with the database, the server says in better words.
    if (error instanceof DataDirectoryInUseError) throw error;
  }
}

function prepare(): void {
  if (generateIfChanged().generated) console.log('Generated the database client.');
  const started = performance.now();
  if (!buildWebIfChanged().built) return;
  console.log(`Built the interface in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

/** `npx pnpm start` does not pass SIGTERM on: when a runner above is gone, nobody is left to stop this. */
function stopWithRunners(stop: () => void): void {
  const runners = packageRunners();
  const timer = setInterval(() => {
    if (runners.every((runner) => runner.isAlive())) return;
    clearInterval(timer);
    stop();
  }, lookForRunnersEveryMs);
  timer.unref();
}

try {
  launch();
} catch (error) {
  const isExplained = error instanceof ConfigError || error instanceof DataDirectoryInUseError;
  console.error(isExplained ? `\nGatehouse does not start.\n${error.message}\n` : error);
  process.exit(1);
}
