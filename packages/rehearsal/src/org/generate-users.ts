import { ADMINS, MAIN_DOMAIN } from './admins.ts';
import { foldLogin, oktaTime } from './fold.ts';
import { generateProfile } from './generate-profile.ts';
import { caseTwin, oktaId } from './okta-id.ts';
import { asciiName, NASTY_NAMES, ordinaryName, type PersonName } from './person-names.ts';
import type { Random } from './random.ts';
import type { User, UserStatus } from './types.ts';

const DAY = 86_400_000;
/** The org opened then; nobody in it is older. */
export const ORG_OPENED = Date.UTC(2012, 2, 5, 9, 0, 0);
/** The last thing that happened before the rehearsal began. */
export const ORG_SNAPSHOT = Date.UTC(2025, 5, 30, 18, 0, 0);

const STATUS_SHARES: readonly (readonly [UserStatus, number])[] = [
  ['ACTIVE', 0.78],
  ['DEPROVISIONED', 0.1],
  ['PROVISIONED', 0.04],
  ['STAGED', 0.03],
  ['SUSPENDED', 0.02],
  ['PASSWORD_EXPIRED', 0.02],
  ['LOCKED_OUT', 0.005],
  ['RECOVERY', 0.005],
];

type Address = { readonly login: string; readonly email: string };

/**
 * Generates the people: the three admins first, then one person for each nasty name, spread over the
 * list, and ordinary people. Two of them have ids that differ in letter case only.
 */
export function generateUsers(count: number, random: Random): User[] {
  const users: User[] = [];
  const ids = new Set<string>();
  const takenLogins = new Set<string>();
  const nastyEvery = Math.max(1, Math.floor((count - ADMINS.length) / NASTY_NAMES.length));
  const twinPosition = ADMINS.length + Math.floor((count - ADMINS.length) / 2);

  for (let position = 0; position < count; position += 1) {
    const admin = ADMINS[position];
    const offset = position - ADMINS.length;
    const name = admin ?? nastyName(offset, nastyEvery) ?? ordinaryName(random);
    const status = admin || position === twinPosition ? 'ACTIVE' : pickStatus(random);
    const address = admin
      ? { login: admin.login, email: admin.login }
      : pickAddress({ name, position, users, takenLogins, random });
    takenLogins.add(foldLogin(address.login)).add(foldLogin(address.email));
    const id = pickId({ position, twinPosition, users, ids, random });
    ids.add(id);
    users.push({
      position,
      id,
      status,
      ...pickTimes(status, random),
      provider: random.chance(0.6) ? 'OKTA' : 'ACTIVE_DIRECTORY',
      profile: generateProfile({ name, address, position, manager: pickManager(users, random), random }),
    });
  }
  return users;
}

function nastyName(offset: number, every: number): PersonName | undefined {
  return offset >= 0 && offset % every === 0 ? NASTY_NAMES[offset / every] : undefined;
}

function pickStatus(random: Random): UserStatus {
  let at = random.next();
  for (const [status, share] of STATUS_SHARES) {
    if (at < share) return status;
    at -= share;
  }
  return 'ACTIVE';
}

function pickId(at: {
  position: number;
  twinPosition: number;
  users: readonly User[];
  ids: ReadonlySet<string>;
  random: Random;
}): string {
  const original = at.position === at.twinPosition ? at.users[0] : undefined;
  const twin = original ? caseTwin(original.id) : null;
  if (twin && !at.ids.has(twin)) return twin;
  for (;;) {
    const id = oktaId('00u', at.random);
    if (!at.ids.has(id)) return id;
  }
}

function pickAddress(at: {
  name: PersonName;
  position: number;
  users: readonly User[];
  takenLogins: ReadonlySet<string>;
  random: Random;
}): Address {
  const first = asciiName(at.name.firstName) || 'user';
  const last = asciiName(at.name.lastName) || String(at.position);
  const plain = freeLocalPart(`${first}.${last}`, at.takenLogins);
  const login = `${plain}@${MAIN_DOMAIN}`;
  const kind = at.random.next();
  if (kind < 0.88) return { login, email: login };
  if (kind < 0.94) return { login, email: `${plain}@mail.${MAIN_DOMAIN}` };
  if (kind < 0.97) return { login: bareLogin(first, last, at), email: login };
  if (kind < 0.99) return { login, email: `${capitalise(first)}.${capitalise(last)}@${MAIN_DOMAIN}` };
  if (kind < 0.995) return { login, email: at.random.pick(at.users).profile.email };
  return { login: longLogin(plain, at.position), email: login };
}

/** A login of 88 characters; the position keeps it unique. */
function longLogin(localPart: string, position: number): string {
  const tail = `@very-long-subdomain.${MAIN_DOMAIN}`;
  const filler = String(position).padStart(88 - tail.length - localPart.length - 1, '0');
  return `${localPart}.${filler}${tail}`;
}

/** A login without `@`, as directories of the old days have them: first letter and last name. */
function bareLogin(first: string, last: string, at: { takenLogins: ReadonlySet<string> }): string {
  const stem = `${first.slice(0, 1)}${last}`.padEnd(5, '0').slice(0, 20);
  for (let number = 0; ; number += 1) {
    const login = number === 0 ? stem : `${stem}${number}`;
    if (!at.takenLogins.has(login)) return login;
  }
}

function freeLocalPart(stem: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const localPart = number === 1 ? stem : `${stem}${number}`;
    if (!taken.has(`${localPart}@${MAIN_DOMAIN}`)) return localPart;
  }
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function pickManager(users: readonly User[], random: Random): string | null {
  if (users.length === 0 || !random.chance(0.4)) return null;
  return random.pick(users).profile.login;
}

function pickTimes(
  status: UserStatus,
  random: Random,
): Pick<User, 'created' | 'activated' | 'statusChanged' | 'lastLogin' | 'lastUpdated' | 'passwordChanged'> {
  const created = ORG_OPENED + random.next() * (ORG_SNAPSHOT - ORG_OPENED - 30 * DAY);
  const wasActivated = status !== 'STAGED' && status !== 'PROVISIONED';
  const activated = created + random.next() * 5 * DAY;
  const changed = activated + random.next() * (ORG_SNAPSHOT - activated - DAY);
  const updated = changed + random.next() * (ORG_SNAPSHOT - changed);
  const hasLoggedIn = status === 'ACTIVE' && random.chance(0.85);
  const hasStatusTime = !random.chance(0.1);
  return {
    created: oktaTime(created),
    activated: wasActivated ? oktaTime(activated) : null,
    statusChanged: hasStatusTime ? oktaTime(changed) : null,
    lastLogin: hasLoggedIn ? oktaTime(updated) : null,
    lastUpdated: oktaTime(updated),
    passwordChanged: wasActivated ? oktaTime(activated) : null,
  };
}
