import { readFile } from 'node:fs/promises';
import { emailSchema } from '@gatehouse/contracts/primitives';
import type { Config } from '../config.ts';
import { hashPassword } from '../security/password-hash.ts';
import { findPasswordProblem } from '../security/password-rules.ts';
import { randomToken } from '../security/random.ts';
import { createSetupToken } from '../security/setup-token.ts';
import { administrators, hasAccount, resetAdmin } from '../staff/reset-admin.ts';
import { type Database, openDatabase } from '../stores/database.ts';
import { inspectDatabase } from '../stores/inspect-database.ts';
import { CommandError, existingDatabase, readOptions } from './command-error.ts';

const optionTypes = {
  email: { type: 'string' },
  'password-file': { type: 'string' },
  create: { type: 'boolean' },
} as const;

/** `gatehouse reset-admin`. @throws CommandError */
export async function resetAdminCommand(
  options: readonly string[],
  config: Pick<Config, 'dataDir'>,
): Promise<number> {
  const given = readOptions(options, optionTypes);
  const email = emailSchema.safeParse(given.email ?? '');
  if (!email.success) throw new CommandError('Give the account: --email <address>. Try --help.');
  const file = existingDatabase(config);
  const password = await readPassword(given['password-file'], email.data);
  await refuseOtherVersion(file);

  const database = await openDatabase({ file, now: Date.now });
  try {
    if (given.create !== true) refuseUnknown(database, email.data);
    const done = await resetAdmin(database, {
      email: email.data,
      passwordHash: await hashPassword(password),
    });
    await createSetupToken(config.dataDir).remove();
    const words = done === 'made' ? 'is a new administrator' : 'is an administrator with a new password';
    process.stdout.write(`${email.data} ${words}. Its sessions are over.\n`);
  } finally {
    await database.close();
  }
  if (given['password-file'] === undefined) {
    process.stdout.write(`Password, shown once: ${password}\nChange it after signing in.\n`);
  }
  return 0;
}

/** A mistyped address must not make another administrator. */
function refuseUnknown(database: Database, email: string): void {
  if (hasAccount(database, email)) return;
  const { emails, total } = administrators(database);
  const more = total > emails.length ? ` and ${total - emails.length} more` : '';
  const list = emails.join(', ') + more;
  const there =
    total === 0
      ? 'There is no administrator.'
      : `${total === 1 ? 'The administrator is' : 'Administrators are'} ${list}.`;
  throw new CommandError(
    `No account has the address ${email}. ${there} Nothing was changed; to make ${total === 0 ? 'one' : 'another administrator'}, add --create.`,
  );
}

async function readPassword(file: string | undefined, email: string): Promise<string> {
  if (file === undefined) return randomToken(15);
  const password = (await readText(file)).replace(/\r?\n$/, '');
  const problem = findPasswordProblem(password, { email });
  if (problem) throw new CommandError(`The password in ${file} is refused. ${problem.message}`);
  return password;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CommandError(`The file ${file} cannot be read.`, { cause });
  }
}

/** Statements of this version, in a database of another one, could do harm. */
async function refuseOtherVersion(file: string): Promise<void> {
  const { missingMigrations, unknownMigrations } = await inspectDatabase(file);
  if (missingMigrations.length === 0 && unknownMigrations.length === 0) return;
  throw new CommandError('The database is of another version of Gatehouse. Use the command of that version.');
}
