/** One environment variable that Gatehouse reads. */
export type ConfigEntry = {
  key: ConfigKey;
  /** What holds when it is not set, for people. */
  default: string;
  meaning: string;
  example: string;
};

export const configKeys = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'DATA_DIR',
  'APP_KEY_FILE',
  'TRUST_PROXY',
  'OUTBOUND_ALLOW',
  'OUTBOUND_PROXY',
  'OUTBOUND_CA_FILE',
  'ADMIN_EMAIL',
  'ADMIN_PASSWORD_FILE',
  'REHEARSAL',
  'REHEARSAL_URL',
  'LOG_LEVEL',
] as const;

export type ConfigKey = (typeof configKeys)[number];

/** The documentation of every setting; the README's table is `renderConfigTable()` of it. */
export const configTable: readonly ConfigEntry[] = [
  {
    key: 'PORT',
    default: '8484',
    meaning: 'TCP port that Gatehouse listens on. The rehearsal takes the next one.',
    example: '8080',
  },
  {
    key: 'HOST',
    default: '127.0.0.1',
    meaning: 'Address to listen on. Keep the default behind a TLS proxy on the same machine.',
    example: '0.0.0.0',
  },
  {
    key: 'PUBLIC_URL',
    default: 'http://localhost:<PORT>',
    meaning:
      'Address in the browser: scheme, host and port, no path. All links are built from it, other hosts are turned away. Use https unless it is loopback.',
    example: 'https://gatehouse.example.com',
  },
  {
    key: 'DATA_DIR',
    default: './data',
    meaning:
      'Folder of the database, its backups, the set-up token and a generated key. One process at a time.',
    example: '/var/lib/gatehouse',
  },
  {
    key: 'APP_KEY_FILE',
    default: '<DATA_DIR>/app-key, made at the first start',
    meaning:
      'File with the key that encrypts stored secrets: 32 bytes as base64 or hex (`openssl rand -base64 32`). More lines are older keys that still open.',
    example: '/run/secrets/gatehouse-key',
  },
  {
    key: 'TRUST_PROXY',
    default: 'none',
    meaning:
      'Addresses or CIDR ranges of reverse proxies, comma-separated, whose `X-Forwarded-*` headers are believed.',
    example: '127.0.0.1,10.20.0.0/16',
  },
  {
    key: 'OUTBOUND_ALLOW',
    default: 'none',
    meaning:
      'Origins, comma-separated, that may be called although they are not public. http is accepted for loopback hosts only.',
    example: 'https://okta-proxy.corp:8443',
  },
  {
    key: 'OUTBOUND_PROXY',
    default: 'none',
    meaning:
      'HTTP proxy for calls to configured hosts, loopback excepted. Gatehouse then checks names and literal addresses, the proxy resolves.',
    example: 'http://user:password@proxy.corp:3128',
  },
  {
    key: 'OUTBOUND_CA_FILE',
    default: 'none',
    meaning: 'PEM file with certificate authorities that are trusted besides the built-in ones.',
    example: '/etc/ssl/corp-ca.pem',
  },
  {
    key: 'ADMIN_EMAIL',
    default: 'none',
    meaning:
      'Creates the first admin at the first start, without the set-up page. Needs ADMIN_PASSWORD_FILE.',
    example: 'admin@example.com',
  },
  {
    key: 'ADMIN_PASSWORD_FILE',
    default: 'none',
    meaning: 'File with the password of that admin. Needs ADMIN_EMAIL.',
    example: '/run/secrets/admin-password',
  },
  {
    key: 'REHEARSAL',
    default: 'on, if PUBLIC_URL is a loopback address',
    meaning:
      '`on` or `off`: whether `start` also starts the rehearsal Okta. It never runs for a public address.',
    example: 'off',
  },
  {
    key: 'REHEARSAL_URL',
    default: 'none; `start` sets it',
    meaning: 'Address of the rehearsal, shown as a link in Gatehouse and used for nothing else.',
    example: 'http://127.0.0.1:8485',
  },
  {
    key: 'LOG_LEVEL',
    default: 'info',
    meaning: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`.',
    example: 'debug',
  },
];

/** The configuration table in Markdown, as it stands in the README between its markers. */
export function renderConfigTable(): string {
  const rows = configTable.map((entry) => [
    `\`${entry.key}\``,
    entry.default,
    entry.meaning,
    `\`${entry.example}\``,
  ]);
  const lines = [['Variable', 'Default', 'Meaning', 'Example'], ['---', '---', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`).join('\n');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
