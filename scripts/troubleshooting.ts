import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ImportProblemCode, importProblemCodes } from '../packages/contracts/src/import-codes.ts';
import { importProblemWords } from '../packages/contracts/src/import-words/import-problem-words.ts';
import { type LoginFailureCode, loginFailureCodes } from '../packages/contracts/src/login-codes.ts';
import { loginFailureWords, personWords } from '../packages/contracts/src/login-words.ts';
import type { Facts } from '../packages/contracts/src/run-facts.ts';
import { root } from './root.ts';

/** Where the page lies. */
export const troubleshootingFile = join(root, 'docs/troubleshooting.md');

/**
 * The troubleshooting page: an entry for each way in which an import or a login can fail, in the very words of the
 * screens. Written by `node scripts/run.mjs scripts/troubleshooting.ts`; a test compares.
 */
export function troubleshootingPage(): string {
  return [
    head,
    '## A login stopped',
    '',
    ...loginFailureCodes.flatMap(loginEntry),
    '## Import Metadata stopped or warns',
    '',
    ...importProblemCodes.flatMap(importEntry),
  ].join('\n');
}

const head = `# Troubleshooting

Each failure of a login and of _Import Metadata_: what you see, why it is so, what to do. The codes stand in trackers, in
support bundles and in the answers of the API; search this page for them. This page is made from the words of the
screens (\`scripts/troubleshooting.ts\`), so both say the same.

**Somebody cannot log in?** Ask for the tracker id on their page, such as \`4KX-9TQ\`, and fetch it under System &
Support. The step that failed says what was expected and what was seen.

![A tracker whose login stopped](images/tracker.png)

**Nobody can log in?** Every product shows its own login page at its nosso address; Redirection lists them. An
administrator of Gatehouse who forgot the password uses \`npx --yes pnpm@12.21.0 gatehouse reset-admin\` on the host.
`;

function loginEntry(code: LoginFailureCode): string[] {
  const { label, clause, matters, advice } = loginFailureWords[code];
  const person = personWords(code);
  return [
    `### ${label}`,
    '',
    `\`${code}\``,
    '',
    `- **What you see.** The tracker says that ${clause}. The person reads “${person.title}”: ${person.text}`,
    `- **Why.** ${matters}`,
    `- **What to do.** ${advice}`,
    '',
  ];
}

/** What Okta answers where the words quote it. */
const answers: Partial<Record<ImportProblemCode, Facts>> = {
  'import-no-org': { status: '404', html: true },
  'import-metadata-not-json': { status: '200', html: true },
  'import-issuer-differs': { seen: 'https://login.acme.example', expected: 'https://acme.okta.com' },
  'import-issuer-admin-host': { seen: 'https://acme.okta.com', expected: 'https://acme-admin.okta.com' },
  'import-endpoint-foreign': { count: 1, endpoints: 'the token endpoint on login.acme.example' },
  'import-endpoint-unusable': {
    value: 'http://acme.okta.com/token',
    endpoint: 'token_endpoint',
    why: 'it is not https',
  },
  'import-no-code-flow': { offered: 'implicit' },
  'import-algorithm-not-offered': { offered: 'ES256', algorithm: 'RS256' },
  'import-scope-not-offered': { scopes: 'groups' },
  'import-keys-none': { count: 2, algorithm: 'RS256' },
  'import-keys-weak': { bits: 1024 },
  'import-clock-apart': { seconds: 400 },
  'import-client-unknown': {
    status: '401',
    error: 'invalid_client',
    said: 'Invalid value for ‘client_id’ parameter.',
  },
  'import-secret-refused': {
    status: '401',
    error: 'invalid_client',
    said: 'The client secret supplied for a confidential client is invalid.',
  },
  'import-public-client': { status: '400', error: 'invalid_grant' },
  'import-client-answer-unclear': { status: '500' },
  'import-callback-not-registered': { status: '400' },
  'import-callback-answer-unclear': { status: '429' },
  'import-app-grant-missing': { status: '400', error: 'unauthorized_client' },
};

function importEntry(code: ImportProblemCode): string[] {
  const { saw, matters, advice } = importProblemWords(code, {
    preset: 'okta',
    host: 'acme.okta.com',
    ...answers[code],
  });
  return [
    `### \`${code}\``,
    '',
    `- **What you see.** ${saw}`,
    `- **Why it matters.** ${matters}`,
    `- **What to do.** ${advice}`,
    '',
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(troubleshootingFile, troubleshootingPage());
}
