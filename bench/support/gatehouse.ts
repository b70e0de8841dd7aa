import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Child, freePort, startNode } from './child.ts';

const program = fileURLToPath(new URL('../../apps/api/src/main.ts', import.meta.url));
const longestStartMs = 60_000;

export const admin = { email: 'bench@gatehouse.example', password: 'measured-twice-printed-once' };

export type RunningGatehouse = {
  readonly url: string;
  readonly processId: number;
  /** From the start of the process to the first 200 of /readyz. */
  readonly readyAfterMs: number;
  stop(): Promise<void>;
};

export type GatehouseOptions = {
  readonly dataDirectory: string;
  readonly rehearsalUrl: string;
  /** Folder for a CPU profile, written when the process ends. */
  readonly profiles: string | undefined;
  /** Further settings. */
  readonly environment?: Readonly<Record<string, string>>;
};

/** Starts `apps/api/src/main.ts` as production does, and waits until it takes requests. */
export async function startGatehouse(options: GatehouseOptions): Promise<RunningGatehouse> {
  const { dataDirectory, rehearsalUrl, profiles, environment } = options;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const passwordFile = join(dataDirectory, 'bench-password');
  writeFileSync(passwordFile, admin.password, { mode: 0o600 });
  const profiling = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];

  const startedAt = performance.now();
  const child = startNode([...profiling, program], {
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    DATA_DIR: dataDirectory,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD_FILE: passwordFile,
    REHEARSAL_URL: rehearsalUrl,
    OUTBOUND_ALLOW: rehearsalUrl,
    LOG_LEVEL: 'warn',
    ...environment,
  });
  try {
    await untilAnswered(`${url}/readyz`, child);
  } catch (error) {
    await child.stop();
    throw error;
  }
  const readyAfterMs = performance.now() - startedAt;
  return { url, processId: child.process.pid ?? 0, readyAfterMs, stop: child.stop };
}

/** @throws Error with the child's own words when it ends, or does not answer with this status in a minute */
export async function untilAnswered(url: string, child: Child, wanted = 200): Promise<void> {
  const giveUpAt = performance.now() + longestStartMs;
  while (performance.now() < giveUpAt) {
    if (child.process.exitCode !== null) throw new Error(`The process ended:\n${child.output()}`);
    const status = await statusOf(url);
    if (status === wanted) return;
    await delay(2);
  }
  throw new Error(`${url} did not answer ${wanted} within ${longestStartMs} ms:\n${child.output()}`);
}

/** Null while nobody listens. */
async function statusOf(url: string): Promise<number | null> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
