import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import {
  parseHost,
  parseOrigins,
  parsePort,
  parseProxies,
  parseProxyUrl,
  parsePublicUrl,
  parseReadablePath,
  parseWebAddress,
  type ReadFile,
  readCertificates,
  readPassword,
} from './config-parsers.ts';
import { type ConfigKey, configKeys } from './config-table.ts';
import { misspeltKeys } from './config-typos.ts';
import { isLoopbackHost } from './outbound/address-rules.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Everything that may be shown and logged. */
export type Config = {
  port: number;
  host: string;
  /** An origin without a trailing slash. */
  publicUrl: string;
  /** The host of PUBLIC_URL is this machine. */
  isPublicUrlLoopback: boolean;
  /** Plain http to a host that is not loopback: passwords and cookies travel in clear. */
  isInsecure: boolean;
  /** Absolute. */
  dataDir: string;
  /** Absolute; `<dataDir>/app-key` is used if missing. */
  appKeyFile?: string;
  /** Addresses and CIDR ranges, for Express's `trust proxy`. Empty: nobody is believed. */
  trustProxy: string[];
  /** Origins. */
  outboundAllow: string[];
  /** Extra certificate authorities, PEM. */
  outboundCa?: string;
  adminEmail?: string;
  /** Whether the launcher starts the rehearsal. */
  hasRehearsal: boolean;
  /** A link in the interface, nothing else. */
  rehearsalUrl?: string;
  logLevel: LogLevel;
};

/** What must never be shown or logged. */
export type Secrets = {
  /** May carry the proxy's user name and password. */
  outboundProxy?: string;
  /** The content of ADMIN_PASSWORD_FILE without its last line break. */
  adminPassword?: string;
};

export type ReadConfig = { config: Config; secrets: Secrets; warnings: string[] };

/** The environment holds values that cannot be used; lists all of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly { key: ConfigKey; problem: string }[];

  constructor(problems: readonly { key: ConfigKey; problem: string }[]) {
    const lines = problems.map(({ key, problem }) => `  ${key}: ${problem}`);
    super(`The configuration has ${problems.length} problem(s):\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads and checks the whole configuration. Nothing else reads the environment.
 * @param readFile for tests; default reads UTF-8 from the disk
 * @throws ConfigError with every bad key
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  readFile: ReadFile = (path) => readFileSync(path, 'utf8'),
): ReadConfig {
  const given = ourKeys(env);
  const parsed = createSchema(readFile).safeParse(given);
  const problems = [...(parsed.success ? [] : problemsOf(parsed.error)), ...lonelyKeys(given)];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const values = parsed.data;
  const config = configFrom(values);
  const secrets: Secrets = {
    ...present('outboundProxy', values.OUTBOUND_PROXY),
    ...present('adminPassword', values.ADMIN_PASSWORD_FILE),
  };
  return { config, secrets, warnings: warningsFor(config, values.REHEARSAL, Object.keys(env)) };
}

function configFrom(values: z.output<ReturnType<typeof createSchema>>): Config {
  const publicUrl = values.PUBLIC_URL ?? `http://localhost:${values.PORT}`;
  const isPublicUrlLoopback = isLoopbackHost(new URL(publicUrl).hostname);
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl,
    isPublicUrlLoopback,
    isInsecure: publicUrl.startsWith('http:') && !isPublicUrlLoopback,
    dataDir: values.DATA_DIR,
    trustProxy: values.TRUST_PROXY,
    outboundAllow: values.OUTBOUND_ALLOW,
    hasRehearsal: values.REHEARSAL !== 'off' && isPublicUrlLoopback,
    logLevel: values.LOG_LEVEL,
    ...present('appKeyFile', values.APP_KEY_FILE),
    ...present('outboundCa', values.OUTBOUND_CA_FILE),
    ...present('adminEmail', values.ADMIN_EMAIL),
    ...present('rehearsalUrl', values.REHEARSAL_URL),
  };
}

function createSchema(readFile: ReadFile) {
  return z.object({
    PORT: z.string().default('8484').transform(check(parsePort)),
    HOST: z.string().default('127.0.0.1').transform(check(parseHost)),
    PUBLIC_URL: z.string().transform(check(parsePublicUrl)).optional(),
    DATA_DIR: z
      .string()
      .default('./data')
      .transform((path) => resolve(path)),
    APP_KEY_FILE: z
      .string()
      .transform(check((path) => parseReadablePath(path, readFile)))
      .optional(),
    TRUST_PROXY: z.string().default('').transform(check(parseProxies)),
    OUTBOUND_ALLOW: z.string().default('').transform(check(parseOrigins)),
    OUTBOUND_PROXY: z.string().transform(check(parseProxyUrl)).optional(),
    OUTBOUND_CA_FILE: z
      .string()
      .transform(check((path) => readCertificates(path, readFile)))
      .optional(),
    ADMIN_EMAIL: z.email('not an e-mail address').optional(),
    ADMIN_PASSWORD_FILE: z
      .string()
      .transform(check((path) => readPassword(path, readFile)))
      .optional(),
    REHEARSAL: z.enum(['on', 'off'], 'write on or off').optional(),
    REHEARSAL_URL: z.string().transform(check(parseWebAddress)).optional(),
    LOG_LEVEL: z.enum(logLevels, `one of ${logLevels.join(', ')}`).default('info'),
  });
}

/** Turns a parser that throws into a zod transformation that reports. */
function check<T>(parse: (text: string) => T) {
  return (text: string, context: z.RefinementCtx<string>): T => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  };
}

/** A variable that is set to nothing, as container files like to, counts as not set. */
function ourKeys(env: Readonly<Record<string, string | undefined>>): Partial<Record<ConfigKey, string>> {
  const entries = configKeys.map((key) => [key, env[key]?.trim() ?? ''] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

function problemsOf(error: z.ZodError): { key: ConfigKey; problem: string }[] {
  return error.issues.flatMap((issue) => {
    const key = configKeys.find((known) => known === issue.path[0]);
    return key === undefined ? [] : [{ key, problem: issue.message }];
  });
}

/** The first admin needs both an address and a password. */
function lonelyKeys(given: Partial<Record<ConfigKey, string>>): { key: ConfigKey; problem: string }[] {
  const pair = ['ADMIN_EMAIL', 'ADMIN_PASSWORD_FILE'] as const;
  const missing = pair.filter((key) => given[key] === undefined);
  if (missing.length !== 1) return [];
  return missing.map((key) => ({ key, problem: `missing, ${pair.find((other) => other !== key)} is set` }));
}

function warningsFor(
  config: Config,
  rehearsal: 'on' | 'off' | undefined,
  names: readonly string[],
): string[] {
  const warnings = misspeltKeys(names).map(({ name, meant }) => `${name} is ignored. Was ${meant} meant?`);
  if (config.isInsecure) {
    warnings.push('PUBLIC_URL is plain http: passwords and cookies can be read on the way. Use a TLS proxy.');
  }
  if (rehearsal === 'on' && !config.hasRehearsal) {
    warnings.push('REHEARSAL=on has no effect, because PUBLIC_URL is not a loopback address.');
  }
  return warnings;
}

function present<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
