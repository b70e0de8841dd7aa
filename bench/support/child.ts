import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** A child that does not stop by itself is killed after this. Milliseconds. */
const longestStopMs = 20_000;
const keptOutput = 4_000;

export type Child = {
  readonly process: ChildProcess;
  /** What it said last, for the words of a failure. */
  output(): string;
  /** The first line of its standard output that fits. @throws Error when it ends before */
  line(pattern: RegExp): Promise<string>;
  /** Ends it, with SIGTERM first. */
  stop(): Promise<void>;
};

/**
 * Starts this Node with other arguments. The child sees nothing of our environment but what programs need to run,
 * and a channel through which it notices our end.
 */
export function startNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Child {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...environment },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-keptOutput);
    });
  }
  const ended = once(child, 'close');

  return {
    process: child,
    output: () => said,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        let text = '';
        child.stdout?.on('data', (more: string) => {
          text += more;
          const line = text.split('\n').find((candidate) => pattern.test(candidate));
          if (line !== undefined) resolve(line);
        });
        ended.then(() => reject(new Error(`node ${args.join(' ')} ended:\n${said}`)), reject);
      }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), longestStopMs);
      await ended;
      clearTimeout(killer);
    },
  };
}

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
