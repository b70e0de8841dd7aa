import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importProblemCodes } from '../packages/contracts/src/import-codes.ts';
import { loginFailureCodes } from '../packages/contracts/src/login-codes.ts';
import { troubleshootingFile, troubleshootingPage } from './troubleshooting.ts';

const page = readFileSync(troubleshootingFile, 'utf8');

it('says what the screens say (else: node scripts/run.mjs scripts/troubleshooting.ts)', () => {
  expect(page).toBe(troubleshootingPage());
});

describe('every code has its entry', () => {
  it.each([...loginFailureCodes, ...importProblemCodes])('%s', (code) => {
    const [, entry = ''] = page.split(`\`${code}\`\n`);
    const text = entry.split('\n### ')[0] ?? '';

    expect(text).toMatch(/\*\*What you see\.\*\* .{20}/);
    expect(text).toMatch(/\*\*Why( it matters)?\.\*\* .{20}/);
    expect(text).toMatch(/\*\*What to do\.\*\* .{10}/);
    expect(text).not.toMatch(/undefined|null|\{idp\}|\[object/);
  });
});
