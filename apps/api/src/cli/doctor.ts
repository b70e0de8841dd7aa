import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { ensureDataDirectory } from '../data-directory.ts';
import { loadAppKeys } from '../security/app-key.ts';
import { checkKeyCanary, createSecretBox } from '../security/secret-box.ts';
import { type DatabaseFindings, inspectDatabase } from '../stores/inspect-database.ts';
import { databaseFile } from '../stores/open-data-directory.ts';
import { readOptions } from './command-error.ts';

type Finding = { state: 'passed' | 'warning' | 'failed'; label: string; fact: string };

/** Times in the database may be this far ahead of the clock. Milliseconds. */
const clockTolerance = 60_000;

/** `gatehouse doctor`: changes nothing. Answers 1 when a check failed. */
export async function doctor(options: readonly string[]): Promise<number> {
  readOptions(options, {});
  const findings = await examine();
  for (const { state, label, fact } of findings) {
    process.stdout.write(`${state.padEnd(8)} ${label.padEnd(16)} ${fact}\n`);
  }
  return findings.some((finding) => finding.state === 'failed') ? 1 : 0;
}

async function examine(): Promise<readonly Finding[]> {
  const configuration = readConfiguration();
  if ('failure' in configuration) return [configuration.failure];
  const { config, findings } = configuration;
  const directory = await examineDirectory(config);
  if (directory.state === 'failed') return [...findings, directory];
  const database = await examineDatabase(config);
  return [...findings, directory, ...database.findings, await examineKey(config, database.facts)];
}

function readConfiguration(): { failure: Finding } | { config: Config; findings: Finding[] } {
  try {
    const { config, warnings } = readConfig();
    const passed: Finding = { state: 'passed', label: 'Configuration', fact: `for ${config.publicUrl}` };
    const warned = warnings.map((fact): Finding => ({ state: 'warning', label: 'Configuration', fact }));
    return { config, findings: [passed, ...warned] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { failure: { state: 'failed', label: 'Configuration', fact: error.message } };
  }
}

async function examineDirectory({ dataDir }: Config): Promise<Finding> {
  const label = 'Data directory';
  try {
    if (!existsSync(dataDir))
      return { state: 'warning', label, fact: `${dataDir} is made at the first start` };
    await ensureDataDirectory(dataDir);
    const { mode } = await stat(dataDir);
    const isOpen = process.platform !== 'win32' && (mode & 0o077) !== 0;
    if (isOpen)
      return { state: 'warning', label, fact: `other accounts may look into ${dataDir}: chmod 700 it` };
    return { state: 'passed', label, fact: `${dataDir} is writable, for this account only` };
  } catch (error) {
    return { state: 'failed', label, fact: wordsOf(error) };
  }
}

async function examineDatabase(
  config: Config,
): Promise<{ findings: Finding[]; facts: DatabaseFindings | null }> {
  const file = databaseFile(config.dataDir);
  if (!existsSync(file)) {
    return {
      findings: [{ state: 'warning', label: 'Database', fact: 'is made at the first start' }],
      facts: null,
    };
  }
  try {
    const facts = await inspectDatabase(file);
    return { findings: [...judgeDatabase(facts), judgeClock(facts)], facts };
  } catch (error) {
    return { findings: [{ state: 'failed', label: 'Database', fact: wordsOf(error) }], facts: null };
  }
}

/** The findings of one database, as lines. */
export function judgeDatabase(facts: DatabaseFindings): Finding[] {
  const isSound = facts.integrity === 'ok' && facts.brokenReferences === 0;
  const { missingMigrations: missing, unknownMigrations: unknown } = facts;
  return [
    isSound
      ? { state: 'passed', label: 'Database', fact: 'sound' }
      : {
          state: 'failed',
          label: 'Database',
          fact: `${facts.integrity}; ${facts.brokenReferences} broken references. Restore the newest backup.`,
        },
    facts.journalMode === 'wal'
      ? { state: 'passed', label: 'Pragmas', fact: 'write-ahead log' }
      : {
          state: 'warning',
          label: 'Pragmas',
          fact: `journal mode is ${facts.journalMode}; a start sets wal`,
        },
    unknown.length > 0
      ? { state: 'failed', label: 'Migrations', fact: `written by a newer version: ${unknown.join(', ')}` }
      : missing.length > 0
        ? { state: 'warning', label: 'Migrations', fact: `applied at the next start: ${missing.join(', ')}` }
        : { state: 'passed', label: 'Migrations', fact: 'all applied' },
  ];
}

function judgeClock({ newestTime }: DatabaseFindings): Finding {
  const now = Date.now();
  const label = 'Clock';
  if (newestTime === null || newestTime <= now + clockTolerance) {
    return { state: 'passed', label, fact: new Date(now).toISOString() };
  }
  const newest = new Date(newestTime).toISOString();
  return {
    state: 'failed',
    label,
    fact: `${new Date(now).toISOString()} is before ${newest} in the database`,
  };
}

async function examineKey(config: Config, facts: DatabaseFindings | null): Promise<Finding> {
  const label = 'Key';
  const source = config.appKeyFile === undefined ? {} : { appKeyFile: config.appKeyFile };
  if (config.appKeyFile === undefined && facts?.keyCanary === undefined) {
    return {
      state: 'warning',
      label,
      fact: 'is made at the first start, beside the data; or set APP_KEY_FILE',
    };
  }
  try {
    const { keys, path, warnings } = await loadAppKeys({
      dataDir: config.dataDir,
      mayGenerate: false,
      ...source,
    });
    if (facts?.keyCanary) checkKeyCanary(createSecretBox({ keys }), facts.keyCanary);
    const [warning] = warnings;
    if (warning !== undefined) return { state: 'warning', label, fact: warning };
    return { state: 'passed', label, fact: `${path} opens what is stored` };
  } catch (error) {
    return { state: 'failed', label, fact: wordsOf(error) };
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
