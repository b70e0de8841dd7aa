import { randomBytes, randomInt } from 'node:crypto';
import { notFound } from '../okta-error.ts';
import type { App } from './app.ts';
import { type AppSettings, checkSettings } from './app-rules.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The app integrations of the org, oldest first. */
export class AppStore {
  readonly #apps = new Map<string, App>();
  readonly #onChange: () => void;

  constructor(apps: readonly App[], onChange: () => void) {
    for (const app of apps) this.#apps.set(app.id, app);
    this.#onChange = onChange;
  }

  list(): App[] {
    return [...this.#apps.values()];
  }

  find(id: string): App | undefined {
    return this.#apps.get(id);
  }

  /** The app of a client id; throws OktaError E0000007. */
  get(id: string): App {
    const app = this.#apps.get(id);
    if (!app) throw notFound(id, 'AppInstance');
    return app;
  }

  /** Makes an active app. Throws OktaError E0000001. */
  create(settings: AppSettings, now: number): App {
    const checked = checkSettings(settings);
    return this.#put({
      id: newId(),
      status: 'ACTIVE',
      secret: checked.kind === 'web' ? newSecret() : null,
      created: now,
      ...checked,
    });
  }

  /** Changes what is named; the kind stays. Throws OktaError E0000001, E0000007. */
  edit(id: string, changes: Partial<Omit<AppSettings, 'kind'>>): App {
    const app = this.get(id);
    return this.#put({ ...app, ...checkSettings({ ...app, ...changes, kind: app.kind }) });
  }

  /** Makes a new secret; the former one is refused from now on. Without effect where there is none. */
  rotateSecret(id: string): App {
    const app = this.get(id);
    return app.secret === null ? app : this.#put({ ...app, secret: newSecret() });
  }

  setStatus(id: string, status: App['status']): App {
    return this.#put({ ...this.get(id), status });
  }

  delete(id: string): void {
    this.get(id);
    this.#apps.delete(id);
    this.#onChange();
  }

  #put(app: App): App {
    this.#apps.set(app.id, app);
    this.#onChange();
    return app;
  }
}

/** A client id as Okta makes them: `0oa` and 17 of base 62. */
function newId(): string {
  return `0oa${Array.from({ length: 17 }, () => BASE62[randomInt(62)]).join('')}`;
}

/** 64 characters, as Okta's secrets have. */
function newSecret(): string {
  return randomBytes(48).toString('base64url');
}
