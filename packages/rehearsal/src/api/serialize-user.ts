import type { User } from '../org/types.ts';
import { USER_TYPE_ID } from './filter-match.ts';

/** What a `Content-Type: application/json; okta-response="…"` on a GET leaves out. */
export type Omissions = {
  readonly credentials: boolean;
  readonly credentialsLinks: boolean;
  readonly transitioningToStatus: boolean;
};

const NOTHING_OMITTED: Omissions = {
  credentials: false,
  credentialsLinks: false,
  transitioningToStatus: false,
};

/** Reads the omissions from a request's Content-Type header. */
export function readOmissions(contentType: string | undefined): Omissions {
  const names = contentType?.match(/okta-response\s*=\s*"?([\w,\s]+)/i)?.[1]?.split(',') ?? [];
  const asked = new Set(names.map((name) => name.trim().toLowerCase()));
  if (asked.size === 0) return NOTHING_OMITTED;
  return {
    credentials: asked.has('omitcredentials'),
    credentialsLinks: asked.has('omitcredentialslinks'),
    transitioningToStatus: asked.has('omittransitioningtostatus'),
  };
}

/**
 * Serialises people for lists. The bytes of each record are kept for as long as the record lives, so
 * that a page is a matter of copying.
 */
export class UserSerializer {
  readonly #origin: string;
  readonly #caches = new Map<string, WeakMap<User, Buffer>>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** A JSON array of people. */
  list(users: readonly User[], omissions: Omissions): Buffer {
    const cache = this.#cacheFor(omissions);
    const parts: Buffer[] = [OPEN];
    for (const user of users) {
      let bytes = cache.get(user);
      if (!bytes) {
        bytes = Buffer.from(JSON.stringify(this.#body(user, omissions, this.#listLinks(user))));
        cache.set(user, bytes);
      }
      if (parts.length > 1) parts.push(COMMA);
      parts.push(bytes);
    }
    parts.push(CLOSE);
    return Buffer.concat(parts);
  }

  /** One person, with the links that only the single answer carries. */
  one(user: User, omissions: Omissions): Buffer {
    const self = `${this.#origin}/api/v1/users/${user.id}`;
    const links: Record<string, unknown> = { self: { href: self } };
    if (user.status === 'ACTIVE') {
      links.suspend = { href: `${self}/lifecycle/suspend`, method: 'POST' };
      if (!omissions.credentialsLinks && user.provider === 'OKTA') {
        links.changePassword = { href: `${self}/credentials/change_password`, method: 'POST' };
        links.resetPassword = { href: `${self}/lifecycle/reset_password`, method: 'POST' };
      }
    }
    if (user.status !== 'DEPROVISIONED') {
      links.deactivate = { href: `${self}/lifecycle/deactivate`, method: 'POST' };
    }
    return Buffer.from(JSON.stringify(this.#body(user, omissions, links)));
  }

  #listLinks(user: User): Record<string, unknown> {
    return { self: { href: `${this.#origin}/api/v1/users/${user.id}` } };
  }

  #body(user: User, omissions: Omissions, links: Record<string, unknown>): Record<string, unknown> {
    const isLocal = user.provider === 'OKTA';
    return {
      id: user.id,
      status: user.status,
      created: user.created,
      activated: user.activated,
      statusChanged: user.statusChanged,
      lastLogin: user.lastLogin,
      lastUpdated: user.lastUpdated,
      passwordChanged: user.passwordChanged,
      ...(omissions.transitioningToStatus ? {} : { transitioningToStatus: null }),
      type: { id: USER_TYPE_ID },
      profile: user.profile,
      ...(omissions.credentials ? {} : { credentials: credentialsOf(user, isLocal) }),
      _links: links,
    };
  }

  #cacheFor(omissions: Omissions): WeakMap<User, Buffer> {
    const key = `${omissions.credentials}${omissions.transitioningToStatus}`;
    let cache = this.#caches.get(key);
    if (!cache) {
      cache = new WeakMap();
      this.#caches.set(key, cache);
    }
    return cache;
  }
}

function credentialsOf(user: User, isLocal: boolean): Record<string, unknown> {
  return {
    ...(isLocal && user.passwordChanged ? { password: {} } : {}),
    emails: [{ value: user.profile.email, status: 'VERIFIED', type: 'PRIMARY' }],
    provider: isLocal
      ? { type: 'OKTA', name: 'OKTA' }
      : { type: 'ACTIVE_DIRECTORY', name: 'corp.rehearsal.example' },
  };
}

const OPEN = Buffer.from('[');
const CLOSE = Buffer.from(']');
const COMMA = Buffer.from(',');
