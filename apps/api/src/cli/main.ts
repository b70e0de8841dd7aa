import { readConfig } from '../config.ts';
import { describeStartFailure } from '../start-failure.ts';
import { backup } from './backup.ts';
import { CommandError } from './command-error.ts';
import { doctor } from './doctor.ts';
import { resetAdminCommand } from './reset-admin.ts';

const help = `gatehouse <command>, on the host that runs Gatehouse, with the same environment (DATA_DIR and so on)

  reset-admin --email <address> [--password-file <file>] [--create]
        Sets a new password for an account and makes it an enabled administrator. Ends its
        sessions. Without a file a password is made and printed once. When no account has the
        address, the administrators are named; with --create one is made. Works while Gatehouse
        runs.

  backup [--to <file>]
        Writes a whole copy of the database, readable by this account only; default is a new
        file under <DATA_DIR>/backups. Works while Gatehouse runs. Keep the key file too: the
        copy holds secrets that only the key opens.

  doctor
        Checks configuration, data directory, key, database, migrations and clock.

  --help
        Shows this.
`;

const commands: Record<string, ((options: readonly string[]) => Promise<number>) | undefined> = {
  'reset-admin': (options) => resetAdminCommand(options, readConfig().config),
  backup: (options) => backup(options, readConfig().config),
  doctor,
};

async function main([name, ...options]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help' || options.includes('--help')) {
    process.stdout.write(help);
    return name === undefined ? 1 : 0;
  }
  const command = commands[name];
  if (!command) throw new CommandError(`There is no command ${name}. Try --help.`);
  return await command(options);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const words = error instanceof CommandError ? error.message : describeStartFailure(error);
  process.stderr.write(
    words === null ? `${error instanceof Error ? error.stack : String(error)}\n` : `${words}\n`,
  );
  process.exitCode = 1;
}
