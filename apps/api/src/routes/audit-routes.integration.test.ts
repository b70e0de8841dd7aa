import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../stores/database.ts';
import { statement } from '../stores/raw.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing.ts';

let app: TestApp;
let admin: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  admin = await app.setUp();
  const base = { role: 'support', password: 'lantern oak ferry sixty' };
  for (const [email, name] of [
    ['a@example.com', '=HYPERLINK("http://evil.example")'],
    ['b@example.com', '+1'],
    ['c@example.com', '@SUM(A1)'],
    ['d@example.com', 'Quote " and, comma'],
  ]) {
    app.clock.now += 1_000;
    await admin.send('POST', '/api/accounts', { body: { ...base, email, name } });
  }
});
afterAll(() => app.close());

describe('the audit', () => {
  it('tells who did what to whom, from where, newest first, without secrets', async () => {
    const answer = await admin.send('GET', '/api/audit?limit=1');

    expect(answer.json).toMatchObject({
      total: 5,
      actions: ['account.created', 'server.set-up'],
      items: [
        {
          action: 'account.created',
          actor: { kind: 'account', name: 'Ann Admin' },
          remoteAddress: '127.0.0.1',
          subject: { kind: 'account', name: 'Quote " and, comma' },
          before: null,
          after: { email: 'd@example.com', name: 'Quote " and, comma', role: 'support' },
        },
      ],
    });
    const [entry] = answer.json.items as { requestId: string }[];
    expect(app.logs.join('')).toContain(entry?.requestId);
  });

  it.each([
    { query: 'action=server.set-up', total: 1 },
    { query: 'action=none', total: 0 },
    { query: 'subjectKind=account', total: 5 },
    { query: 'search=evil', total: 1 },
    { query: 'search=%25', total: 0 },
    { query: 'from=2026-01-30T12:00:03.000Z', total: 2 },
    { query: 'to=2026-01-30T12:00:01.000Z', total: 1 },
    { query: 'from=2026-01-30T12:00:01.000Z&to=2026-01-30T12:00:03.000Z', total: 2 },
  ])('filters by $query: $total', async ({ query, total }) => {
    const answer = await admin.send('GET', `/api/audit?${query}`);

    expect(answer.json.total).toBe(total);
  });

  it('writes nothing for a change that was refused', async () => {
    const id = ((await admin.send('GET', '/api/session')).json.account as { id: string }).id;

    await admin.send('DELETE', `/api/accounts/${id}`);
    await admin.send('POST', '/api/accounts', {
      body: { email: 'a@example.com', name: 'A', role: 'support', password: 'lantern oak ferry sixty' },
    });

    expect((await admin.send('GET', '/api/audit')).json.total).toBe(5);
  });

  it.each(['update AuditEntry set action = ?', 'delete from AuditEntry where action <> ?'])(
    'refuses: %s',
    async (sql) => {
      const database = await openDatabase({ file: join(app.config.dataDir, 'gatehouse.db'), now: Date.now });

      const tampering = database.write((db) => [statement(db, sql, 'x')]);

      await expect(tampering).rejects.toThrow();
      await database.close();
      expect((await admin.send('GET', '/api/audit')).json.total).toBe(5);
    },
  );
});

describe('the export', () => {
  it('quotes what a spreadsheet would take for a formula', async () => {
    const answer = await admin.send('GET', '/api/audit/export?format=csv&action=account.created');

    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="gatehouse-audit.csv"');
    const lines = answer.text.trim().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(answer.text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(answer.text).toContain(`,'+1,`);
    expect(answer.text).toContain(`,'@SUM(A1),`);
    expect(answer.text).toContain(`,"Quote "" and, comma",`);
  });

  it('leaves JSON raw', async () => {
    const answer = await admin.send('GET', '/api/audit/export?format=json&action=account.created');

    const entries = JSON.parse(answer.text) as { subject: { name: string } }[];
    expect(entries.map((entry) => entry.subject.name)).toEqual([
      'Quote " and, comma',
      '@SUM(A1)',
      '+1',
      '=HYPERLINK("http://evil.example")',
    ]);
  });

  it('of nothing is an empty list', async () => {
    const answer = await admin.send('GET', '/api/audit/export?format=json&action=none');

    expect(JSON.parse(answer.text)).toEqual([]);
  });
});
