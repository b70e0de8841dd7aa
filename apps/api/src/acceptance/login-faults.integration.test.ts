import { loginStepCodes } from '@gatehouse/contracts/login-codes';
import { failedEvent, personWords } from '@gatehouse/contracts/login-words';
import type { TrackerEvent } from '@gatehouse/contracts/tracker';
import { SignInError } from '@gatehouse/rehearsal/sign-in-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LOGIN_FAULT_KINDS } from '../../../../packages/rehearsal/src/login-faults/login-fault-input.ts';
import {
  hostileClaims,
  type LoginFault,
  type PassedRow,
  passedRows,
  type RefusedRow,
  refusedRows,
  strandedRows,
  untouchedFaults,
} from './login-fault-rows.ts';
import { LoginFaultWorld, type LoginState, type LoginVisit, type Place } from './login-fault-world.ts';
import { testLogin, textOf } from './login-testing.ts';

const userinfo = '/oauth2/v1/userinfo';
/** Words that tell an attacker what to try next. */
const internals = /token|nonce|\bstate\b|pkce|signature|issuer|secret|\bclaim|verifier|cookie|redirect/i;

let world: LoginFaultWorld;
let places: Record<'usersync' | 'claims', Place>;
/** Somebody who was never let in so far, and for whom a login would write something. */
let victims: Record<'usersync' | 'claims', string>;

beforeAll(async () => {
  world = await LoginFaultWorld.start(1);
  const { connectorId } = world.world;
  places = {
    usersync: await world.addPlace({ updateMethod: 'usersync', connectorId }),
    claims: await world.addPlace({ updateMethod: 'claims', createUsers: true }),
  };
  victims = { usersync: world.syncedPerson(0), claims: await world.newPerson() };
  await world.control.people.edit(victims.usersync, { lastName: 'Changed-Since' });
});
afterAll(() => world.close());
afterEach(() => world.control.loginFaults.clearAll());

const variants = ['usersync', 'claims'] as const;

function titleOf({ kind, ...rest }: LoginFault): string {
  return [kind, ...Object.values(rest)].map(String).join(' ');
}

async function arm({ fault, coldKeys }: Pick<RefusedRow, 'fault' | 'coldKeys'>): Promise<void> {
  if (coldKeys) world.forgetKeys();
  await world.control.loginFaults.set(fault);
  await world.forgetCalls();
}

/** No login, nothing written, nobody asked for, and a page that helps nobody but the person. */
async function expectRefused(row: RefusedRow, at: { place: Place; login: string; before: LoginState }) {
  const { place, login, before } = at;
  const seen = await world.logIn(place, login);
  expect(world.state()).toEqual(before);
  await expectCalls(row, await world.calledPaths());
  expectPage(row, seen, place);
  await expectTracker(row, { seen, place, login });
}

/** Of steps before the one that failed, and not one more. */
async function expectCalls({ step }: RefusedRow, paths: readonly string[]): Promise<void> {
  const place = loginStepCodes.indexOf(step);
  const count = (path: string) => paths.filter((one) => one === path).length;
  const isExchanged = place >= loginStepCodes.indexOf('code-exchanged');
  const isProven = place >= loginStepCodes.indexOf('userinfo');
  expect(count('/oauth2/v1/token')).toBe(isExchanged ? 1 : 0);
  expect(count(userinfo)).toBe(isProven ? 1 : 0);
  expect(paths.filter((path) => path.startsWith('/api/v1/'))).toEqual([]);
}

function expectPage(
  { status, code }: RefusedRow,
  { page, leaving, back, browser }: LoginVisit,
  place: Place,
) {
  const words = personWords(code, { idp: 'Okta', application: place.application.name });
  expect(page.status).toBe(status);
  expect(textOf(page)).toContain(words.title);
  expect(textOf(page)).toContain(words.text);
  expect(textOf(page)).not.toMatch(internals);
  expect(page.headers['set-cookie']).toBeUndefined();
  expect(page.headers['cache-control']).toBe('no-store');
  const cookie = browser.cookie.split('=')[1] ?? '';
  const given = ['state', 'nonce', 'code_challenge', 'client_id'].map((name) =>
    leaving.searchParams.get(name),
  );
  for (const secret of [...given, back.searchParams.get('code') ?? cookie, cookie, leaving.host]) {
    expect(secret?.length).toBeGreaterThan(8);
    expect(page.text).not.toContain(secret);
  }
}

async function expectTracker(
  row: RefusedRow,
  { seen, place, login }: { seen: LoginVisit; place: Place; login: string },
): Promise<void> {
  const { code, step } = row;
  const tracker = await world.trackerOn(seen.page);
  const { id: subject } = await world.control.people.get(login);
  const { url } = world.rehearsal;
  const values = {
    issuer: url,
    hostname: new URL(url).hostname,
    clientId: place.idp.settings.clientId,
    subject,
  };
  const fill = (text: string | RegExp) =>
    typeof text === 'string'
      ? text.replaceAll(/\{(\w+)\}/g, (_match, name: keyof typeof values) => values[name])
      : expect.stringMatching(text);

  expect(tracker).toMatchObject({ state: 'failed', kind: 'login', failure: { code, step } });
  expect(failedEvent(tracker)).toMatchObject({
    step,
    code,
    expected: fill(row.expected),
    seen: fill(row.seen),
  });
  expect(tracker.events.at(-1)).toEqual(failedEvent(tracker));
  expect(tracker.user).toBeNull();
  expectStepsInOrder(tracker.events);
}

/** Each step before the failing one has passed, once. */
function expectStepsInOrder(events: readonly TrackerEvent[]): void {
  const steps = events.map(({ step }) => loginStepCodes.indexOf(step));
  expect(steps).toEqual([...new Set(steps)].sort((one, two) => one - two));
  expect(events.slice(0, -1).filter(({ state }) => state === 'failed')).toEqual([]);
}

it('there is a row for each kind of fault', () => {
  const kinds = [...refusedRows, ...passedRows, ...strandedRows].map(({ fault }) => fault.kind);
  const others = untouchedFaults.map(({ kind }) => kind);

  expect([...new Set([...kinds, ...others, 'claims-replaced'])].sort()).toEqual(
    [...LOGIN_FAULT_KINDS].sort(),
  );
});

describe.each(variants)('a login with %s is refused for', (variant) => {
  it.each(refusedRows.map((row) => [titleOf(row.fault), row] as const))('%s', async (_title, row) => {
    const before = world.state();
    await arm(row);

    await expectRefused(row, { place: places[variant], login: victims[variant], before });
  });
});

describe.each(variants)('a login with %s does not come back after', (variant) => {
  it.each(strandedRows.map((row) => [titleOf(row.fault), row] as const))('%s', async (_title, row) => {
    const before = world.state();
    await arm(row);

    const walk = world.logIn(places[variant], victims[variant]);

    await expect(walk).rejects.toSatisfy((e) => e instanceof SignInError && e.status === row.status);
    expect(world.state()).toEqual(before);
    expect(await world.calledPaths()).toEqual([]);
    expect(await world.newestTracker()).toMatchObject({ state: 'in-progress', lastStep: 'sent-to-idp' });
  });
});

describe.each(variants)('a login with %s survives', (variant) => {
  it.each(passedRows.map((row) => [titleOf(row.fault), row] as const))(
    '%s',
    async (_title, row: PassedRow) => {
      const place = places[variant];
      const login = await world.newPerson();

      await arm(row);
      const { tracker } = await testLogin(world.gatehouse, world.world.upstream, {
        idpId: place.idp.id,
        login,
      });
      await world.control.loginFaults.clearAll();
      await arm(row);
      const { page } = await world.logIn(place, login);

      expect(tracker).toMatchObject({ state: 'passed', failure: null });
      expect(tracker.events.find(({ step }) => step === row.step)).toMatchObject({
        state: 'passed',
        fact: expect.stringMatching(row.fact),
      });
      expect(page.status).toBe(200);
      expect(textOf(page)).toContain('You are signed in as Robin');
      const passed = await world.trackerOn(page);
      const { id: subject } = await world.control.people.get(login);
      expect(passed).toMatchObject({ state: 'passed', person: login, user: { name: expect.any(String) } });
      expect(world.state().Identity.at(-1)).toMatchObject({ issuer: world.rehearsal.url, subject });
    },
  );

  it('whatever is wrong with endpoints that no login calls', async () => {
    for (const fault of untouchedFaults) await world.control.loginFaults.set(fault);

    const { page } = await world.logIn(places[variant], await world.newPerson());

    expect(page.status).toBe(200);
    const faults = await world.control.loginFaults.list();
    expect(faults).toHaveLength(untouchedFaults.length);
    expect(faults.filter(({ hits }) => hits > 0)).toEqual([]);
  });
});

it.each(variants)(
  'a new key is believed at the second login where no token names its key, with %s',
  async (variant) => {
    const logIn = async () => {
      await world.control.loginFaults.set({ kind: 'id-token-kid-missing' });
      return (await world.logIn(places[variant], victim)).page;
    };
    const victim = await world.newPerson();
    await world.logIn(places[variant], victim);
    await world.control.keys.rotate();
    const before = world.state();

    const refused = await logIn();
    expect((await world.trackerOn(refused)).failure?.code).toBe('id-token-signature');
    expect(world.state()).toEqual(before);

    expect((await logIn()).status).toBe(200);
  },
);

it('an upstream that is slower than ten seconds ends the login at that step', async () => {
  const { connectorId } = world.world;
  const third = await world.addPlace({ updateMethod: 'usersync-and-claims', connectorId });
  const at = [
    { place: places.usersync, login: victims.usersync, step: 'token', failed: 'code-exchanged' },
    { place: third, login: victims.usersync, step: 'keys', failed: 'id-token-signature' },
    { place: places.claims, login: victims.claims, step: 'userinfo', failed: 'userinfo' },
  ] as const;
  await world.logIn(places.claims, await world.newPerson());
  world.gatehouse.write(`update Idp set keys = null where publicId = '${third.idp.id}'`);
  for (const { place, step } of at) {
    const clientId = step === 'keys' ? null : place.idp.settings.clientId;
    await world.control.loginFaults.set({ kind: 'step-slow', step, milliseconds: 11_500, clientId });
  }
  const before = world.state();

  await Promise.all(
    at.map(async ({ place, login, failed }) => {
      const { page } = await world.logIn(place, login);

      expect(page.status).toBe(502);
      expect(textOf(page)).toContain(personWords('host-timed-out', { idp: 'Okta' }).title);
      const failure = failedEvent(await world.trackerOn(page));
      expect(failure).toMatchObject({ code: 'host-timed-out', step: failed, seen: 'timed-out' });
      expect(Number(failure?.facts.timeoutMs)).toBeGreaterThan(9_500);
    }),
  );

  expect(world.state()).toEqual(before);
});

describe('hostile claims', () => {
  /** Null: made by these claims; else why not. */
  const made: Record<keyof typeof hostileClaims, null | RegExp> = {
    markup: null,
    bidi: null,
    control: /control character/,
    huge: /longer than 255 characters/,
    otherTypes: /is not text/,
    prototype: null,
  };
  const rows = Object.keys(hostileClaims) as (keyof typeof hostileClaims)[];

  it.each(rows)('of the kind %s change nothing with UserSync, and are shown as text', async (kind) => {
    const login = await world.newPerson();
    await arm({ fault: { kind: 'claims-replaced', claims: hostileClaims[kind] as never } });

    const { page } = await world.logIn(places.usersync, login);

    expect(page.status).toBe(200);
    expect(textOf(page)).toContain('You are signed in as Robin');
    expect((await world.trackerOn(page)).user?.name).toMatch(/^Robin /);
  });

  it.each(rows)('of the kind %s make a user or are refused, whole', async (kind) => {
    const login = await world.newPerson();
    const before = world.state();
    await arm({ fault: { kind: 'claims-replaced', claims: hostileClaims[kind] as never } });

    const { page } = await world.logIn(places.claims, login);
    const tracker = await world.trackerOn(page);

    expect(page.text).not.toMatch(/<script|<img|="javascript:|[^\P{Cc}\n]|\p{Bidi_Control}/u);
    expect(page.text.length).toBeLessThan(50_000);
    if (made[kind] === null) {
      expect([page.status, tracker.state]).toEqual([200, 'passed']);
      expect(world.state().DirectoryUser).toHaveLength(before.DirectoryUser.length + 1);
      return;
    }
    expect([page.status, tracker.state]).toEqual([403, 'failed']);
    expect(failedEvent(tracker)).toMatchObject({
      code: 'claims-unusable',
      step: 'update',
      facts: { reason: expect.stringMatching(made[kind]) },
    });
    expect(world.state()).toEqual(before);
  });
});

describe.each(variants)('the same person, without a fault, with %s', (variant) => {
  it('is let in, and that writes', async () => {
    const before = world.state();

    const { page } = await world.logIn(places[variant], victims[variant]);
    const after = world.state();

    expect(page.status).toBe(200);
    expect(after.Identity).toHaveLength(before.Identity.length + 1);
    expect(after.DirectoryUser).not.toEqual(before.DirectoryUser);
    expect(after.DirectoryEvent.length).toBeGreaterThan(before.DirectoryEvent.length);
  });
});
