import { stat } from 'node:fs/promises';
import type { ServerCheck } from '@gatehouse/contracts/server';
import type { Config } from '../config.ts';
import type { RequestFacts } from '../http/route.ts';

/** What is known since the start. */
export type StartFacts = {
  readonly config: Pick<
    Config,
    'publicUrl' | 'isPublicUrlLoopback' | 'isInsecure' | 'trustProxy' | 'dataDir'
  >;
  /** Names of the migrations that this start applied. */
  readonly applied: readonly string[];
  readonly isNewDatabase: boolean;
  readonly isKeyBesideData: boolean;
};

type Finding = Pick<ServerCheck, 'state' | 'fact'>;

/** Checks that the server makes of itself; the first looks at the request that asks. */
export async function createServerChecks(
  facts: StartFacts,
): Promise<(request: RequestFacts) => readonly ServerCheck[]> {
  const directory = await checkDirectory(facts.config.dataDir);
  return (request) => [
    { code: 'public-url', label: 'Public address', ...checkPublicUrl(facts.config, request) },
    { code: 'transport', label: 'Transport', ...checkTransport(facts.config) },
    { code: 'database', label: 'Database', ...checkDatabase(facts) },
    { code: 'data-directory', label: 'Data directory', ...directory },
    { code: 'encryption-key', label: 'Encryption key', ...checkKey(facts.isKeyBesideData) },
  ];
}

function checkPublicUrl(config: StartFacts['config'], request: RequestFacts): Finding {
  if (`${request.protocol}:` !== new URL(config.publicUrl).protocol) {
    return {
      state: 'warning',
      fact: `${config.publicUrl}, but this request came as ${request.protocol}. If a proxy does TLS, name it in TRUST_PROXY.`,
    };
  }
  if (request.isForwarded && config.trustProxy.length === 0) {
    return {
      state: 'warning',
      fact: 'A proxy is in front that TRUST_PROXY does not name: everybody seems to come from its address.',
    };
  }
  return { state: 'passed', fact: `${config.publicUrl}, the address in your browser` };
}

function checkTransport({ publicUrl, isInsecure, isPublicUrlLoopback }: StartFacts['config']): Finding {
  if (isInsecure) {
    return {
      state: 'warning',
      fact: 'Plain HTTP: passwords can be read on the way. Put a TLS proxy in front.',
    };
  }
  if (publicUrl.startsWith('https:')) return { state: 'passed', fact: 'HTTPS' };
  return {
    state: 'passed',
    fact: isPublicUrlLoopback ? 'Plain HTTP, within this machine only' : 'Plain HTTP',
  };
}

function checkDatabase({ applied, isNewDatabase }: StartFacts): Finding {
  if (isNewDatabase) return { state: 'passed', fact: 'New and empty, made at this start' };
  if (applied.length > 0)
    return { state: 'passed', fact: 'Existing; brought to this version, with a backup before' };
  return { state: 'passed', fact: 'Existing, of this version' };
}

function checkKey(isBesideData: boolean): Finding {
  if (!isBesideData) return { state: 'passed', fact: 'From APP_KEY_FILE' };
  return {
    state: 'warning',
    fact: 'Generated, and kept beside the data that it protects. Keep a copy elsewhere, or set APP_KEY_FILE.',
  };
}

async function checkDirectory(directory: string): Promise<Finding> {
  const { mode } = await stat(directory);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    return { state: 'warning', fact: 'Other accounts of this machine may look into it: chmod 700 it.' };
  }
  return { state: 'passed', fact: 'Writable, for this account only' };
}
