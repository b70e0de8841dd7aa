import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loginStepCodes } from '@gatehouse/contracts/login-codes';
import type { Tracker } from '@gatehouse/contracts/tracker';
import type { TraceEntry } from '@gatehouse/login/ports';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTraceRedactor } from '../../logging/redact-traces.ts';
import { makeSupportBundle } from '../../support/support-bundle.ts';
import { createTrackerHarness, type TrackerHarness, testTrackerUrl, traceEntry } from './testing.ts';

/** One of each kind that passes by in a login, in its real shape. */
const canaries = {
  code: 'Qm9vRz7xk2-PpL4vT_9sWcE1yUoN3bHdA8iJ6fKgZ0M',
  state: 'h2Jq8LwX0-dRk5TzVb3Nf7Ym1CsPa9GeUo4IiQ6xEtH',
  nonce: 'Zk4Wn8Tq1_xLe6Rv2Bj9Mp3Yc7Gd5HsFa0UoI-KtXbN',
  verifier: 'r7Vt2Qx9Lm4Kz8Wp1_Jd6Hs3Bn5Gc0Fy-Ra2Ue8Ti4Ob',
  cookie: 'b5Nd1Xq7Zt3Rk9Lw2_Vm8Jp4Hc6Gs0Fy-Ya3Ue7Ti2Ok',
  accessToken: 'eyJraWQiOiJhIn0.eyJzY3AiOlsib3BlbmlkIl19.c2lnLWNhbmFyeS1hY2Nlc3M',
  idToken: 'eyJraWQiOiJiIn0.eyJzdWIiOiIwMHUxIn0.c2lnLWNhbmFyeS1pZHRva2Vu',
  ssws: '00QCjAl4MlV-WPXM_ABcDeFgHiJkLmNoPqRsTuVwXy',
  /** Any text: only its value tells. */
  clientSecret: 'plain old secret & more',
} as const;

let harness: TrackerHarness;
const answers: unknown[] = [];

/** How each may stand in a text, beside standing alone. */
function dressed(value: string): string[] {
  return [
    value,
    `Okta said “${value}”.`,
    `https://gatehouse.example/sso/callback/x?code=${encodeURIComponent(value)}&state=${encodeURIComponent(value)}`,
    `Cookie: __Host-gatehouse-login=${value}; other=${value}`,
    `Authorization: Bearer ${value}`,
    `SSWS ${value}`,
    JSON.stringify({ id_token: value, code_verifier: value, nonce: value }),
    JSON.stringify(JSON.stringify({ access_token: value, code: value })),
    `${'x '.repeat(140)}${value}`,
  ];
}

function entriesWith(text: string, step: TraceEntry['step']): TraceEntry[] {
  return [
    traceEntry({ step, fact: text }),
    traceEntry({ step, expected: text, seen: text }),
    traceEntry({
      step,
      facts: {
        note: text,
        list: [text, [text]],
        deep: { deeper: { deepest: text } },
        headers: ['cookie', text, 'x-other', text],
        pairs: [{ name: 'Authorization', value: text }],
        [text]: text,
        error: new Error(text, { cause: new Error(text) }),
        code: text,
        state: text,
        nonce: text,
        id_token: text,
        client_secret: text,
      },
    }),
  ];
}

beforeAll(async () => {
  harness = await createTrackerHarness({ redactValues: [canaries.clientSecret] });
  for (const value of Object.values(canaries)) {
    for (const [index, text] of dressed(value).entries()) {
      const { id, token } = await harness.createTest();
      const { tracker } = await harness.trackers.useLink(token, text);
      const tracer = await harness.tracers.resume(tracker?.trackerId ?? 0);
      if (tracer === null) throw new Error('not resumed');
      const step = loginStepCodes[index % loginStepCodes.length] ?? 'result';
      for (const entry of entriesWith(text, step)) tracer.record(entry);
      tracer.person(text, null);
      tracer.claims({ sub: '00u1', note: text, groups: [text], [text]: 1, nested: { token: text } });
      tracer.update({
        made: false,
        operation: 'update',
        by: 'claims',
        changes: [{ attribute: text, before: text, after: text }],
        groupsAdded: [text],
        groupsRemoved: [text],
      });
      await tracer.flush();
      await tracer.finish({ outcome: 'failed', code: 'server-error', step });
      const shown = harness.trackers.find(id);
      if (shown === null) throw new Error('not found');
      answers.push(shown, bundleOf(shown));
    }
  }
  answers.push(harness.trackers.list({ show: 'all' }, { limit: 200, offset: 0 }));
});
afterAll(() => harness.remove());

function bundleOf(tracker: Tracker) {
  const { settings, ...idp } = harness.idp;
  return makeSupportBundle({
    tracker,
    sources: {
      server: { version: '0.1.0', publicUrl: testTrackerUrl },
      idp,
      traced: { settings, version: 1, createdAt: 0, createdBy: 'Ann' },
      connector: null,
    },
    redactor: createTraceRedactor(),
    supportAddress: 'help@acme.example',
  });
}

function formsOf(value: string): string[] {
  return [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)];
}

it('everything was recorded', () => {
  expect(harness.errors).toEqual([]);
  expect(answers).toHaveLength(Object.keys(canaries).length * 9 * 2 + 1);
  expect(JSON.stringify(answers).match(/\[redacted\]/g)?.length).toBeGreaterThan(1_000);
});

it.each(Object.entries(canaries))('no answer carries the %s', (_name, value) => {
  for (const form of formsOf(value)) expect(JSON.stringify(answers)).not.toContain(form);
});

it.each(Object.entries(canaries))('no file carries the %s, the write-ahead log included', (_name, value) => {
  const directory = harness.database.directory ?? '';
  const files = readdirSync(directory);
  expect(files).toEqual(expect.arrayContaining(['gatehouse.db', 'gatehouse.db-wal']));

  for (const file of files) {
    const content = readFileSync(join(directory, file), 'latin1');
    for (const form of formsOf(value)) expect(content.includes(form), file).toBe(false);
  }
});
