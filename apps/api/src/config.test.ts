import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { type ConfigKey, configKeys, configTable } from './config-table.ts';
import { loopbackCertificate } from './outbound/fixtures/loopback-certificate.ts';

const files: Record<string, string> = {
  '/ca.pem': `# corporate\n${loopbackCertificate}${loopbackCertificate}`,
  '/broken.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  '/key': 'key',
  '/password': 'correct horse battery\n',
  '/empty': '\n',
  '/two-lines': 'one\ntwo\n',
};

function readFile(path: string): string {
  const content = files[path];
  if (content === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  return content;
}

function problemsWith(env: Record<string, string>): Record<string, string> {
  try {
    readConfig(env, readFile);
  } catch (error) {
    if (error instanceof ConfigError) {
      return Object.fromEntries(error.problems.map(({ key, problem }) => [key, problem]));
    }
    throw error;
  }
  return {};
}

describe('readConfig', () => {
  test('has a default for everything', () => {
    expect(readConfig({}, readFile)).toEqual({
      config: {
        port: 8484,
        host: '127.0.0.1',
        publicUrl: 'http://localhost:8484',
        isPublicUrlLoopback: true,
        isInsecure: false,
        dataDir: resolve('./data'),
        trustProxy: [],
        outboundAllow: [],
        hasRehearsal: true,
        logLevel: 'info',
      },
      secrets: {},
      warnings: [],
    });
  });

  test('takes everything that is set', () => {
    const { config, secrets, warnings } = readConfig(
      {
        PORT: ' 9000 ',
        HOST: '::',
        PUBLIC_URL: 'https://Gatehouse.example.com/',
        DATA_DIR: '/var/lib/gatehouse',
        APP_KEY_FILE: '/key',
        TRUST_PROXY: '127.0.0.1, 10.0.0.0/8,fd00::/8',
        OUTBOUND_ALLOW: 'https://okta-proxy.corp:8443,http://127.0.0.1:8485',
        OUTBOUND_PROXY: 'http://me:pass@proxy.corp:3128',
        OUTBOUND_CA_FILE: '/ca.pem',
        ADMIN_EMAIL: 'admin@example.com',
        ADMIN_PASSWORD_FILE: '/password',
        REHEARSAL: 'off',
        REHEARSAL_URL: 'http://127.0.0.1:8485',
        LOG_LEVEL: 'debug',
      },
      readFile,
    );

    expect(config).toEqual({
      port: 9000,
      host: '::',
      publicUrl: 'https://gatehouse.example.com',
      isPublicUrlLoopback: false,
      isInsecure: false,
      dataDir: '/var/lib/gatehouse',
      appKeyFile: '/key',
      trustProxy: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'],
      outboundAllow: ['https://okta-proxy.corp:8443', 'http://127.0.0.1:8485'],
      outboundCa: loopbackCertificate + loopbackCertificate,
      adminEmail: 'admin@example.com',
      hasRehearsal: false,
      rehearsalUrl: 'http://127.0.0.1:8485/',
      logLevel: 'debug',
    });
    expect(secrets).toEqual({
      outboundProxy: 'http://me:pass@proxy.corp:3128/',
      adminPassword: 'correct horse battery',
    });
    expect(warnings).toEqual([]);
  });

  test('an empty variable counts as not set', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: ' ' }, readFile).config.publicUrl).toBe(
      'http://localhost:8484',
    );
  });

  test.each<[ConfigKey, string, string]>([
    ['PORT', '0', 'port'],
    ['PORT', '65536', 'port'],
    ['PORT', '80a', 'port'],
    ['PORT', '0x50', 'port'],
    ['HOST', 'http://localhost', 'listen on'],
    ['PUBLIC_URL', 'gatehouse.example.com', 'https://'],
    ['PUBLIC_URL', 'ftp://gatehouse.example.com', 'https://'],
    ['PUBLIC_URL', 'https://example.com/gatehouse', 'end after the host'],
    ['PUBLIC_URL', 'https://example.com?a', 'end after the host'],
    ['PUBLIC_URL', 'https://me:x@example.com', 'user name'],
    ['APP_KEY_FILE', '/missing', 'ENOENT'],
    ['TRUST_PROXY', 'loopback', 'not an address'],
    ['TRUST_PROXY', '10', 'not an address'],
    ['TRUST_PROXY', '10.0.0.0/40', 'not an address'],
    ['TRUST_PROXY', '0.0.0.0/0', 'everybody'],
    ['TRUST_PROXY', '::/0', 'everybody'],
    ['OUTBOUND_ALLOW', 'http://okta.corp', 'loopback'],
    ['OUTBOUND_ALLOW', 'https://ok.corp,okta.corp', 'origin'],
    ['OUTBOUND_PROXY', 'socks5://proxy', 'HTTP proxy'],
    ['OUTBOUND_PROXY', 'http://proxy/path', 'end after the host'],
    ['OUTBOUND_CA_FILE', '/missing', 'ENOENT'],
    ['OUTBOUND_CA_FILE', '/key', 'no certificate'],
    ['OUTBOUND_CA_FILE', '/broken.pem', 'certificate 1'],
    ['ADMIN_EMAIL', 'admin', 'e-mail'],
    ['ADMIN_PASSWORD_FILE', '/empty', 'empty'],
    ['ADMIN_PASSWORD_FILE', '/two-lines', 'more than one line'],
    ['REHEARSAL', 'yes', 'on or off'],
    ['REHEARSAL_URL', 'javascript:alert(1)', 'https://'],
    ['LOG_LEVEL', 'loud', 'one of'],
  ])('%s=%s is refused: %s', (key, value, why) => {
    expect(problemsWith({ [key]: value })[key]).toContain(why);
  });

  test('lists all bad keys at once, in the message too', () => {
    const env = { PORT: 'x', PUBLIC_URL: 'y', LOG_LEVEL: 'z', ADMIN_EMAIL: 'a@example.com' };

    expect(Object.keys(problemsWith(env))).toEqual([
      'PORT',
      'PUBLIC_URL',
      'LOG_LEVEL',
      'ADMIN_PASSWORD_FILE',
    ]);
    expect(() => readConfig(env, readFile)).toThrow(
      /PORT: .*\n.*PUBLIC_URL: .*\n.*LOG_LEVEL: .*\n.*ADMIN_PASS/,
    );
  });

  test.each([
    [{ ADMIN_EMAIL: 'a@example.com' }, 'ADMIN_PASSWORD_FILE'],
    [{ ADMIN_PASSWORD_FILE: '/password' }, 'ADMIN_EMAIL'],
  ])('%o lacks %s', (env, missing) => {
    expect(Object.keys(problemsWith(env))).toEqual([missing]);
  });

  test('a bad proxy address is not quoted, it may hold a password', () => {
    expect(problemsWith({ OUTBOUND_PROXY: 'https://me:hunter2@proxy' }).OUTBOUND_PROXY).not.toContain(
      'hunter2',
    );
  });

  test.each([
    ['http://gatehouse.example.com', true, false, false],
    ['https://gatehouse.example.com', false, false, false],
    ['http://127.0.0.1:8484', false, true, true],
    ['http://gatehouse.localhost:8484', false, true, true],
    ['http://192.168.1.5:8484', true, false, false],
  ])(
    'PUBLIC_URL %s: insecure %s, loopback %s, rehearsal %s',
    (url, isInsecure, isPublicUrlLoopback, hasRehearsal) => {
      const { config, warnings } = readConfig({ PUBLIC_URL: url }, readFile);

      expect(config).toMatchObject({ isInsecure, isPublicUrlLoopback, hasRehearsal });
      expect(warnings.length).toBe(isInsecure ? 1 : 0);
    },
  );

  test.each([
    [{ PUBLIC_URI: 'x' }, ['PUBLIC_URI is ignored. Was PUBLIC_URL meant?']],
    [{ GATEHOUSE_PORT: '1' }, ['GATEHOUSE_PORT is ignored. Was PORT meant?']],
    [{ TRUSTED_PROXY: 'x' }, ['TRUSTED_PROXY is ignored. Was TRUST_PROXY meant?']],
    [{ OUTBOUND_CA: 'x' }, []],
    [{ HOSTNAME: 'x', POST: 'x', HOSTS: 'x', HTTP_PROXY: 'x', HOME: '/', PATH: '/bin' }, []],
    [
      { REHEARSAL: 'on', PUBLIC_URL: 'https://gatehouse.example.com' },
      ['REHEARSAL=on has no effect, because PUBLIC_URL is not a loopback address.'],
    ],
  ])('%o warns %j', (env, warnings) => {
    expect(readConfig(env, readFile).warnings).toEqual(warnings);
  });
});

describe('configTable', () => {
  test('describes every key once, with an example that is accepted', () => {
    const unread = new Set<ConfigKey>(['APP_KEY_FILE', 'OUTBOUND_CA_FILE', 'ADMIN_PASSWORD_FILE']);

    expect(configTable.map((entry) => entry.key)).toEqual([...configKeys]);
    for (const { key, example } of configTable.filter((entry) => !unread.has(entry.key))) {
      expect(problemsWith({ [key]: example })[key], key).toBeUndefined();
    }
  });

  test('tells the defaults that hold', () => {
    const documented = Object.fromEntries(configTable.map((entry) => [entry.key, entry.default]));
    const { config } = readConfig({}, readFile);

    expect(documented).toMatchObject({
      PORT: `${config.port}`,
      HOST: config.host,
      LOG_LEVEL: config.logLevel,
    });
    expect(documented.PUBLIC_URL?.replace('<PORT>', `${config.port}`)).toBe(config.publicUrl);
    expect(resolve(documented.DATA_DIR ?? '')).toBe(config.dataDir);
  });
});
