import { fstatSync } from 'node:fs';
import { z } from 'zod';
import { recipeSchema } from './control/control-schemas.ts';
import { startRehearsal } from './start-rehearsal.ts';

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((text) => (text === '' ? undefined : text), schema.optional());
const number = (schema: z.ZodNumber) => optional(z.coerce.number().pipe(schema));

const environmentSchema = z.object({
  REHEARSAL_PORT: number(z.number().int().min(0).max(65_535)),
  REHEARSAL_STATE: optional(z.string()),
  REHEARSAL_USERS: number(recipeSchema.shape.users),
  REHEARSAL_GROUPS: number(recipeSchema.shape.groups),
  REHEARSAL_SEED: number(recipeSchema.shape.seed),
  REHEARSAL_RATE_LIMIT: optional(z.enum(['published', 'off'])),
});

/** Starts the rehearsal from its environment and stops it with its parent. */
async function main(): Promise<void> {
  const environment = environmentSchema.safeParse(process.env);
  if (!environment.success) {
    const faults = environment.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    process.stderr.write(`The rehearsal cannot start:\n${faults.join('\n')}\n`);
    process.exit(1);
  }
  const { data } = environment;
  const rehearsal = await startRehearsal({
    port: data.REHEARSAL_PORT,
    stateDirectory: data.REHEARSAL_STATE,
    users: data.REHEARSAL_USERS,
    groups: data.REHEARSAL_GROUPS,
    seed: data.REHEARSAL_SEED,
    rateLimit: data.REHEARSAL_RATE_LIMIT,
  });

  let isStopping = false;
  async function stop(): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    try {
      await rehearsal.close();
      process.exit(0);
    } catch (error) {
      process.stderr.write(`rehearsal: ${String(error)}\n`);
      process.exit(1);
    }
  }
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  stopWithParent(stop);
  process.stdout.write(`${JSON.stringify({ rehearsal: rehearsal.url })}\n`);
}

/** A parent that dies closes its end of the IPC channel, or of the pipe that is our stdin. */
function stopWithParent(stop: () => void): void {
  if (process.channel) {
    process.on('disconnect', stop);
    return;
  }
  if (!isPipe(0)) return;
  process.stdin.on('end', stop);
  process.stdin.on('close', stop);
  process.stdin.on('error', stop);
  process.stdin.resume();
}

/** Whether a descriptor is a pipe: a terminal or /dev/null says nothing about the parent. */
function isPipe(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

await main().catch((error: unknown) => {
  const cause = error instanceof Error && error.cause ? ` (${String(error.cause)})` : '';
  process.stderr.write(`rehearsal: ${error instanceof Error ? error.message : String(error)}${cause}\n`);
  process.exit(1);
});
