import type { Idp, IdpSettings, MatchBy } from '@gatehouse/contracts/idp';
import { failedEvent } from '@gatehouse/contracts/login-words';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testAdmin } from '../testing.ts';
import { LoginFaultWorld, type Place } from './login-fault-world.ts';
import { readDatabase } from './testing.ts';

/** Everything that providers have sent as `email_verified`; only the last one counts. */
const forms = [false, 'absent', 'true', 1, 'false', true] as const;
type Form = (typeof forms)[number];

/** Whose e-mail and user name a stranger's claims carry. */
const targets = [
  'synced by this connector',
  'synced by another connector',
  'made by hand',
  'made by a login',
  'staff',
  'two people',
  'linked to another subject',
  'disabled',
] as const;
type Target = (typeof targets)[number];

/** `linked`: the stranger becomes the target. Else the failure, `created` or, with UserSync, the stranger themselves. */
type Decision =
  | 'linked'
  | 'created'
  | 'themselves'
  | 'person-unknown'
  | 'person-disabled'
  | 'person-conflict'
  | 'match-not-allowed'
  | 'match-not-unique'
  | 'email-not-verified'
  | 'username-taken';

const matched: Record<Target, Decision> = {
  'synced by this connector': 'linked',
  'synced by another connector': 'linked',
  'made by hand': 'match-not-allowed',
  'made by a login': 'linked',
  staff: 'person-unknown',
  'two people': 'match-not-unique',
  'linked to another subject': 'person-conflict',
  disabled: 'person-disabled',
};

/** What happens where matching is off, and where it is on with a verified e-mail; not verified is refused by that. */
type Kind = {
  readonly name: string;
  readonly settings: (connectorId: string) => Partial<IdpSettings>;
  readonly unmatched: (target: Target) => Decision;
  readonly unverified: Decision;
  readonly verified: (target: Target) => Decision;
  readonly targets: readonly Target[];
  readonly matchBy: readonly MatchBy[];
};

const everyMatch = ['email', 'username', 'none'] as const;

const kinds: readonly Kind[] = [
  {
    name: 'an IdP that changes nobody',
    settings: () => ({ updateMethod: 'none' }),
    unmatched: () => 'person-unknown',
    unverified: 'email-not-verified',
    verified: (target) => matched[target],
    targets,
    matchBy: everyMatch,
  },
  {
    name: 'another provider with UserSync',
    settings: (connectorId) => ({ preset: 'oidc', updateMethod: 'usersync', connectorId }),
    unmatched: () => 'person-unknown',
    unverified: 'email-not-verified',
    verified: (target) => matched[target],
    targets: targets.filter((target) => target !== 'disabled'),
    matchBy: everyMatch,
  },
  {
    name: 'Okta with UserSync, which knows the stranger',
    settings: (connectorId) => ({ updateMethod: 'usersync', connectorId }),
    unmatched: () => 'themselves',
    unverified: 'themselves',
    verified: () => 'themselves',
    targets,
    matchBy: ['email', 'username'],
  },
  {
    name: 'an IdP that makes users from claims',
    settings: () => ({ updateMethod: 'claims', createUsers: true }),
    unmatched: (target) => (target === 'staff' ? 'created' : 'username-taken'),
    unverified: 'email-not-verified',
    verified: (target) => (target === 'staff' ? 'created' : matched[target]),
    targets,
    matchBy: everyMatch,
  },
];

type Victim = { readonly email: string; readonly username: string };

let world: LoginFaultWorld;
let place: Place;
let maker: Place;
let owner: Place;
let otherConnectorId: string;
let synced = 0;
let local = 0;

beforeAll(async () => {
  world = await LoginFaultWorld.start(80);
  const { connectorId, gatehouse } = { ...world.world, gatehouse: world.gatehouse };
  const { url } = world.rehearsal;
  const claims = { updateMethod: 'claims', createUsers: true } as const;
  place = await world.addPlace(claims);
  maker = await world.addPlace({ ...claims, issuer: `${url}/oauth2/default` });
  owner = await world.addPlace({ updateMethod: 'usersync', connectorId });
  const { directory } = await gatehouse.get<{ directory: { id: string } }>(`/api/connectors/${connectorId}`);
  const other = await gatehouse.call('POST', '/api/connectors', 201, {
    kind: 'okta',
    name: 'Another connector',
    settings: { domain: url, schedule: { enabled: false, value: null } },
    directoryId: directory.id,
  });
  otherConnectorId = String(other.json.id);
});
afterAll(() => world.close());
afterEach(() => world.control.loginFaults.clearAll());

function nextSynced(): string {
  synced += 1;
  return world.syncedPerson(synced - 1);
}

/** As another connector would have synced them, or an administrator made them. */
function insertUser(connectorPublicId: string | null): Victim {
  local += 1;
  const name = `local-${local}`;
  const email = `${name}@acme.example`;
  const connector = connectorPublicId === null ? 'null' : `'${connectorPublicId}'`;
  world.gatehouse.write(
    `insert into DirectoryUser (publicId, directoryId, connectorId, externalId, username, usernameFolded, email,
      firstName, lastName, displayName, active, search, revision, createdAt, updatedAt)
    select 'local${String(local).padStart(17, '0')}', d.id, (select id from Connector where publicId = ${connector}),
      iif(${connector} is null, null, '00uElsewhere${local}'), '${name}', '${name}', '${email}', 'Lo', 'Cal', 'Lo Cal', 1,
      '${name}', 1, 0, 0
    from Directory d limit 1`,
  );
  return { email, username: name };
}

const victims: Record<Target, () => Promise<Victim> | Victim> = {
  'synced by this connector': () => both(nextSynced()),
  'synced by another connector': () => insertUser(otherConnectorId),
  'made by hand': () => insertUser(null),
  async 'made by a login'() {
    const login = await world.newPerson();
    const { page } = await world.logIn(maker, login);
    expect(page.status).toBe(200);
    return both(login);
  },
  staff: () => both(testAdmin.email),
  'two people'() {
    const [login, other] = [nextSynced(), nextSynced()];
    world.gatehouse.write(`update DirectoryUser set email = '${login}' where username = '${other}'`);
    return both(login);
  },
  async 'linked to another subject'() {
    const login = nextSynced();
    const { page } = await world.logIn(owner, login);
    expect(page.status).toBe(200);
    return both(login);
  },
  disabled() {
    const login = nextSynced();
    world.gatehouse.write(`update DirectoryUser set active = 0 where username = '${login}'`);
    return both(login);
  },
};

function both(login: string): Victim {
  return { email: login, username: login };
}

async function setUp(settings: Partial<IdpSettings>): Promise<void> {
  const { gatehouse } = world;
  const path = `/api/idps/${place.idp.id}`;
  const { settingsVersion, name, settings: before } = await gatehouse.get<Idp>(path);
  const plain = { updateMethod: 'none', preset: 'okta', connectorId: null, createUsers: false } as const;
  const { url } = world.rehearsal;
  const address = settings.preset === 'oidc' ? { domain: '', issuer: url } : { domain: url, issuer: null };
  await gatehouse.call('PUT', path, 200, {
    expectedVersion: settingsVersion,
    name,
    settings: { ...before, ...plain, ...address, ...settings },
  });
}

/** What became of a stranger who brings the claims of somebody else. */
async function logInAs(victim: Victim, { form, matchBy, target }: Attempt) {
  const stranger = await world.newPerson();
  const takesName = matchBy === 'username' || (matchBy === 'none' && target !== 'staff');
  const claims = { email: victim.email, ...(takesName ? { preferred_username: victim.username } : {}) };
  await world.control.loginFaults.set({ kind: 'claims-replaced', claims });
  await world.control.loginFaults.set({ kind: 'email-verified', value: form });
  const [before, staffBefore] = [world.state(), staff()];
  const { page, browser } = await world.logIn(place, stranger);
  await world.control.loginFaults.clearAll();
  const after = world.state();
  const tracker = await world.trackerOn(page);
  const { id: subject } = await world.control.people.get(stranger);
  const known = new Set(before.Identity.map(({ id }) => id));
  const links = after.Identity.filter(({ id }) => !known.has(id));
  expect(staff()).toEqual(staffBefore);
  expect(after.Session).toEqual(before.Session);
  expect((await browser.send('GET', '/api/session')).status).toBe(401);
  return { before, after, page, tracker, subject, stranger, links };
}

type Attempt = { readonly form: Form; readonly matchBy: MatchBy; readonly target: Target };
type Attempted = Awaited<ReturnType<typeof logInAs>>;
type UserRow = { id: number; username: string; email: string; externalId: string | null };

function staff(): unknown[] {
  return readDatabase(world.gatehouse.app.config.dataDir, (database) =>
    database.prepare('select * from Account').all(),
  );
}

function expectDecision(decision: Decision, attempted: Attempted, victim: Victim): void {
  const { before, after, page, tracker, subject, stranger, links } = attempted;
  if (decision !== 'linked' && decision !== 'created' && decision !== 'themselves') {
    expect([page.status, tracker.failure?.code]).toEqual([403, decision]);
    expect(after).toEqual(before);
    return;
  }
  const isMade = (user: UserRow) => !before.DirectoryUser.some((one) => (one as UserRow).id === user.id);
  const users = after.DirectoryUser as UserRow[];
  const linked = users.find(({ id }) => id === links[0]?.userId);
  const by = { linked: /^(email|username)$/, created: /^claims$/, themselves: /^same-source$/ }[decision];
  expect([page.status, tracker.failure]).toEqual([200, null]);
  expect(links).toMatchObject([{ subject, linkedBy: expect.stringMatching(by) }]);
  if (decision === 'linked') {
    expect(linked?.email).toBe(victim.email);
    return;
  }
  expect(users.filter(isMade)).toEqual([linked]);
  expect(users.filter((user) => !isMade(user))).toEqual(before.DirectoryUser);
  expect(linked).toMatchObject(
    decision === 'created' ? { externalId: null } : { externalId: subject, username: stranger },
  );
}

/** Two people never have one user name. */
function isPossible(target: Target, matchBy: MatchBy): boolean {
  return target !== 'two people' || matchBy !== 'username';
}

describe.each(kinds)('$name', (kind) => {
  const rows = kind.matchBy.flatMap((matchBy) =>
    kind.targets.filter((target) => isPossible(target, matchBy)).map((target) => [matchBy, target] as const),
  );

  it.each(rows)('matching by %s, e-mail and name of one who is: %s', async (matchBy, target) => {
    await setUp({ ...kind.settings(world.world.connectorId), matchBy });
    const victim = await victims[target]();

    for (const form of forms) {
      const attempted = await logInAs(victim, { form, matchBy, target });
      const isVerified = form === true;
      const decision =
        matchBy === 'none' ? kind.unmatched(target) : isVerified ? kind.verified(target) : kind.unverified;
      expectDecision(decision, attempted, victim);
      if (decision === 'email-not-verified') {
        const seen = form === 'absent' ? 'missing' : String(form);
        expect(failedEvent(attempted.tracker)).toMatchObject({
          step: 'person-found',
          expected: 'true',
          seen,
        });
      }
    }
  });
});
