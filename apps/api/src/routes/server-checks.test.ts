import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RequestFacts } from '../http/route.ts';
import { createServerChecks, type StartFacts } from './server-checks.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-checks-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const local = {
  publicUrl: 'http://localhost:8484',
  isPublicUrlLoopback: true,
  isInsecure: false,
  trustProxy: [],
  dataDir,
};
const secure = { ...local, publicUrl: 'https://gate.example', isPublicUrlLoopback: false };
const plain: StartFacts = { config: local, applied: [], isNewDatabase: false, isKeyBesideData: false };

async function check(facts: Partial<StartFacts>, request: Partial<RequestFacts> = {}) {
  const checks = await createServerChecks({ ...plain, ...facts });
  const found = checks({ protocol: 'http', isForwarded: false, ...request } as RequestFacts);
  return Object.fromEntries(found.map(({ code, state, fact }) => [code, `${state}: ${fact}`]));
}

describe('the checks of the server', () => {
  it.each<{
    name: string;
    facts: Partial<StartFacts>;
    request?: Partial<RequestFacts>;
    code: string;
    says: RegExp;
  }>([
    { name: 'at home', facts: {}, code: 'public-url', says: /^passed: http:\/\/localhost:8484/ },
    {
      name: 'https that arrives as http',
      facts: { config: secure },
      code: 'public-url',
      says: /^warning: .*TRUST_PROXY/,
    },
    {
      name: 'https by a trusted proxy',
      facts: { config: { ...secure, trustProxy: ['127.0.0.1'] } },
      request: { protocol: 'https', isForwarded: true },
      code: 'public-url',
      says: /^passed/,
    },
    {
      name: 'a proxy nobody named',
      facts: {},
      request: { isForwarded: true },
      code: 'public-url',
      says: /^warning: .*TRUST_PROXY/,
    },
    { name: 'loopback', facts: {}, code: 'transport', says: /^passed: .*within this machine/ },
    { name: 'https', facts: { config: secure }, code: 'transport', says: /^passed: HTTPS/ },
    {
      name: 'plain http',
      facts: { config: { ...secure, isInsecure: true } },
      code: 'transport',
      says: /^warning/,
    },
    {
      name: 'new',
      facts: { isNewDatabase: true, applied: ['1_first'] },
      code: 'database',
      says: /^passed: New/,
    },
    {
      name: 'upgraded',
      facts: { applied: ['2_more'] },
      code: 'database',
      says: /^passed: Existing; brought/,
    },
    { name: 'existing', facts: {}, code: 'database', says: /^passed: Existing, of this version/ },
    { name: 'a key of its own', facts: {}, code: 'encryption-key', says: /^passed: From APP_KEY_FILE/ },
    {
      name: 'a key beside the data',
      facts: { isKeyBesideData: true },
      code: 'encryption-key',
      says: /^warning/,
    },
  ])('$code, $name', async ({ facts, request, code, says }) => {
    expect((await check(facts, request))[code]).toMatch(says);
  });

  it.each([
    { mode: 0o700, says: /^passed/ },
    { mode: 0o755, says: /^warning: .*chmod 700/ },
  ])('data directory with mode $mode', async ({ mode, says }) => {
    chmodSync(dataDir, mode);

    expect((await check({}))['data-directory']).toMatch(says);
  });
});
