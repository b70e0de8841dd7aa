import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Child, freePort, startNode } from '../bench/support/child.ts';
import { untilAnswered } from '../bench/support/gatehouse.ts';
import { endpoints } from '../packages/contracts/src/endpoints.ts';
import { type Rehearsal, startRehearsal } from '../packages/rehearsal/src/start-rehearsal.ts';

const page = readFileSync(new URL('./automation.md', import.meta.url), 'utf8');
const program = fileURLToPath(new URL('../apps/api/src/main.ts', import.meta.url));

/** A shell and a few programs for each line: seconds, minutes on a busy machine. */
const longestMs = 180_000;

/** The lines of all bash blocks, in their order. */
const lines = [...page.matchAll(/^```bash\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);

type Ran = { readonly line: string; readonly output: string; readonly isDone: boolean };

let folder: string;
let gatehouse: Child;
let rehearsal: Rehearsal;
let ran: readonly Ran[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-automation-'));
  rehearsal = await startRehearsal({ users: 120, groups: 12, rateLimit: 'off' });
  const port = await freePort();
  const dataDirectory = join(folder, 'data');
  gatehouse = startNode([program], {
    PORT: String(port),
    DATA_DIR: dataDirectory,
    OUTBOUND_ALLOW: rehearsal.url,
    LOG_LEVEL: 'warn',
  });
  const url = `http://localhost:${port}`;
  await untilAnswered(`${url}/readyz`, gatehouse);
  ran = await runLines({
    GATEHOUSE: url,
    REHEARSAL: `${rehearsal.url}/_rehearsal`,
    DATA_DIR: dataDirectory,
    PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
  });
}, longestMs);

afterAll(async () => {
  await gatehouse?.stop();
  await rehearsal?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs all lines in one shell, as somebody who pastes them; a line that fails ends it. */
async function runLines(environment: Record<string, string>): Promise<Ran[]> {
  const mark = (number: number) => `<<<done ${number}>>>`;
  const script = lines.map((line, index) => `${line}\necho; echo '${mark(index)}'`).join('\n');
  const output = await new Promise<string>((resolve) => {
    const options = {
      cwd: folder,
      env: environment,
      maxBuffer: 64 * 1024 * 1024,
      timeout: longestMs - 20_000,
    };
    execFile('bash', ['--norc', '-euo', 'pipefail', '-c', script], options, (_error, stdout, stderr) =>
      resolve(`${stdout}\n${stderr}`),
    );
  });
  let rest = output;
  return lines.map((line, index) => {
    const [before = '', after] = rest.split(mark(index), 2);
    const isDone = after !== undefined;
    const ours = { line, output: before.trim(), isDone };
    rest = after === undefined ? '' : rest.slice(before.length + mark(index).length);
    return ours;
  });
}

describe('the lines of the page', () => {
  it.each(lines.map((line, index) => [line, index] as const))('%s', (_line, index) => {
    expect(ran[index]?.isDone, ran[index]?.output).toBe(true);
  });

  it.each([
    ['finished $RUN', 'done'],
    ['finished $APPLIED', 'done'],
    ['finished $SYNC', 'done'],
    ['finished $AGAIN', 'done'],
    ['finished $SLOW', 'cancelled'],
  ])('%s ends %s', (line, state) => {
    expect(ran.find((one) => one.line === line)?.output).toBe(state);
  });

  it('find a connection that works', () => {
    const test = ran.find(({ line }) => line.includes('/test?wait=true'));

    expect(test?.output).toBe('passed');
  });

  it('import metadata, log somebody in for a test, and redirect to the IdP', () => {
    const outputOf = (part: string) => ran.find(({ line }) => line.includes(part))?.output;

    expect(outputOf('/import?wait=true')).toBe('passed');
    expect(outputOf('$TRACKER | field state')).toBe('passed');
    expect(outputOf('/redirection -d')).toBe('true');
    expect(outputOf('/sso/jira/login')).toContain(`303 ${rehearsal.url}/oauth2/v1/authorize?`);
  });
});

describe('the page', () => {
  it.each(Object.values(endpoints).map((endpoint) => [endpoint.method, endpoint.path]))(
    'has %s %s',
    (method, path) => {
      const pattern = new RegExp(`\\$GATEHOUSE${path.replaceAll(/:\w+/g, '[^/?"\\s]+')}(?=[?"\\s)]|$)`);

      const found = lines.filter((line) => pattern.test(line) && methodOf(line) === method);

      expect(found, `a line with ${method} ${path}`).not.toHaveLength(0);
    },
  );
});

function methodOf(line: string): string {
  const named = /-X (\w+)/.exec(line)?.[1];
  return named ?? (line.includes(' -d ') ? 'POST' : 'GET');
}
