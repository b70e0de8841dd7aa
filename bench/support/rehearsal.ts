import { fileURLToPath } from 'node:url';
import { createControl } from '@gatehouse/rehearsal/control-client';
import type { OrgSize } from '../benchmark.ts';
import { startNode } from './child.ts';

const program = fileURLToPath(new URL('../../packages/rehearsal/src/main.ts', import.meta.url));

export type RunningRehearsal = { readonly url: string; readonly token: string; stop(): Promise<void> };

/** Starts the rehearsal as a process of its own, without rate limits, and makes a token. */
export async function startRehearsal(size: OrgSize): Promise<RunningRehearsal> {
  const child = startNode([program], {
    REHEARSAL_USERS: String(size.users),
    REHEARSAL_GROUPS: String(size.groups),
    REHEARSAL_RATE_LIMIT: 'off',
  });
  try {
    const line = await child.line(/^\{"rehearsal":/);
    const { rehearsal: url } = JSON.parse(line) as { rehearsal: string };
    const token = await createControl(url).tokens.create({ name: 'bench', owner: 'super-admin' });
    return { url, token: token.value, stop: child.stop };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
