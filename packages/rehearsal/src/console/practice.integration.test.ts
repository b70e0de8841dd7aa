import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';
import { FAULT_FORMS } from './fault-forms.ts';

let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 300, groups: 40, rateLimit: 'off' });
});

afterAll(() => rehearsal.close());

async function open(path: string): Promise<{ status: number; text: string; response: Response }> {
  const response = await fetch(new URL(path, rehearsal.url));
  return { status: response.status, text: await response.text(), response };
}

/** Posts a form as a browser does, and follows where it leads. */
async function post(
  path: string,
  values: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string; location: string | null }> {
  const response = await fetch(rehearsal.url + path, {
    method: 'POST',
    body: new URLSearchParams(values),
    headers: { origin: rehearsal.url, 'sec-fetch-site': 'same-origin', ...headers },
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  const page = location === null ? { text: await response.text() } : await open(location);
  return { status: response.status, text: page.text, location };
}

describe('faults', () => {
  it.each(FAULT_FORMS.map((form) => [form.kind, form] as const))(
    '%s can be set from its form as it stands',
    async (kind, form) => {
      await rehearsal.control.faults.clearAll();
      const values = Object.fromEntries(form.fields.map((field) => [field.name, String(field.value ?? '')]));

      const { text } = await post('/console/faults', { kind, ...values });
      const [fault] = await rehearsal.control.faults.list();

      expect(text).toContain('The fault is set');
      expect(text).toContain(`Clear ${form.title}`);
      expect(fault?.kind).toBe(kind);
    },
  );

  it('are cleared one by one and all', async () => {
    await rehearsal.control.faults.clearAll();
    const html = await rehearsal.control.faults.set({ kind: 'html' });
    await rehearsal.control.faults.set({ kind: 'slow' });
    await post('/console/faults/clear', { id: html.id });
    const left = (await rehearsal.control.faults.list()).map((fault) => fault.kind);
    const { text } = await post('/console/faults/clear');

    expect(left).toEqual(['slow']);
    expect(text).toContain('No fault is set');
  });

  it('that make no sense are refused with the reason', async () => {
    const { status, text } = await post('/console/faults', { kind: 'slow', milliseconds: '-5' });

    expect(status).toBe(400);
    expect(text).toContain('milliseconds');
  });
});

describe('calls and the organization', () => {
  it('show what was asked, until reset', async () => {
    const { value } = await rehearsal.control.tokens.create({ name: 'asks' });
    await fetch(`${rehearsal.url}/api/v1/groups?limit=3`, { headers: { authorization: `SSWS ${value}` } });

    const before = await open('/console/calls');
    const after = await post('/console/calls/reset');

    expect(before.text).toContain('GET /api/v1/groups?limit=3');
    expect(before.text).not.toContain(value);
    expect(after.text).toContain('0 calls to the Management API');
  });

  it('let a day pass once, also when the page is reloaded', async () => {
    const before = await rehearsal.control.stats();
    const { location, text } = await post('/console/organization/mutate', { seed: '4' });
    const reloaded = await open(location ?? '');

    expect(text).toContain('A day passed:');
    expect(reloaded.text).not.toContain('A day passed:');
    expect((await rehearsal.control.stats()).groups).toBe(before.groups - 1);
  });

  it.each([
    [{ users: '100', groups: '10', seed: '1' }, 400, 'tick the box'],
    [{ users: '1', groups: '10', seed: '1', sure: 'yes' }, 400, 'users'],
    [{ users: '100', groups: '10', seed: '1', sure: 'yes' }, 303, 'The organization is a new one.'],
  ])('start over with %j', async (values, status, message) => {
    const answer = await post('/console/organization', values);

    expect(answer.status).toBe(status);
    expect(answer.text).toContain(message);
  });
});
