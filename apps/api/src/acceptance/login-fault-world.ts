import type { Application } from '@gatehouse/contracts/application';
import type { Idp, IdpSettings } from '@gatehouse/contracts/idp';
import type { Tracker, TrackerSummary } from '@gatehouse/contracts/tracker';
import { type CookieJar, signInAs } from '@gatehouse/rehearsal/sign-in-client';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import type { TestAnswer, TestClient } from '../testing.ts';
import {
  addApplication,
  addIdp,
  LoginWorld,
  redirect,
  testLogin,
  trackerOn,
  visit,
} from './login-testing.ts';
import { type DirectoryDump, dumpDirectory, readDatabase } from './testing.ts';

/** One way in: an IdP with its app in the rehearsal, and an application that redirects to it. */
export type Place = { readonly idp: Idp; readonly application: Application; readonly start: string };

/** Everything that a login may change: the directory, who is linked to whom, and who has a session. */
export type LoginState = DirectoryDump & {
  readonly Identity: readonly {
    id: number;
    userId: number;
    issuer: string;
    subject: string;
    linkedBy: string;
  }[];
  readonly Session: readonly unknown[];
};

/** One login as its browser saw it. */
export type LoginVisit = {
  readonly page: TestAnswer;
  readonly browser: TestClient;
  /** Where the browser was sent. */
  readonly leaving: URL;
  /** The way back. */
  readonly back: URL;
};

/** Gatehouse between a rehearsal and several places, whose people are made for the test. */
export class LoginFaultWorld {
  readonly rehearsal: Rehearsal;
  readonly world: LoginWorld;
  #people = 0;
  #places = 0;

  private constructor(rehearsal: Rehearsal, world: LoginWorld) {
    this.rehearsal = rehearsal;
    this.world = world;
  }

  /** @param synced how many people to make before the sync, see `syncedPerson` */
  static async start(synced: number): Promise<LoginFaultWorld> {
    const rehearsal = await startRehearsal({ users: 12, groups: 4, rateLimit: 'off' });
    for (let number = 0; number < synced; number += 1) {
      await rehearsal.control.people.create({ profile: profileOf(syncedLogin(number)) });
    }
    return new LoginFaultWorld(rehearsal, await LoginWorld.start(rehearsal, signInAs));
  }

  get gatehouse() {
    return this.world.gatehouse;
  }

  get control() {
    return this.rehearsal.control;
  }

  async close(): Promise<void> {
    await this.gatehouse.close();
    await this.rehearsal.close();
  }

  /** Login of somebody who is in the directory. */
  syncedPerson(number: number): string {
    return syncedLogin(number);
  }

  /** Login of somebody new in the rehearsal, of whom the directory knows nothing. */
  async newPerson(profile: Record<string, string> = {}): Promise<string> {
    this.#people += 1;
    const login = `new-${this.#people}@rehearsal.example`;
    await this.control.people.create({ profile: { ...profileOf(login), ...profile } });
    return login;
  }

  /** A tested IdP and an application whose redirection is on. */
  async addPlace(settings: Partial<IdpSettings>, application: Partial<Application> = {}): Promise<Place> {
    this.#places += 1;
    const name = `Place ${this.#places}`;
    const idp = await addIdp(this.gatehouse, this.world.upstream, { name, ...settings });
    const { tracker } = await testLogin(this.gatehouse, this.world.upstream, {
      idpId: idp.id,
      login: await this.newPerson(),
    });
    if (tracker.state !== 'passed') throw new Error(`the test ended ${JSON.stringify(tracker.failure)}`);
    const made = await addApplication(this.gatehouse, {
      name,
      baseUrl: `https://tools.acme.example/place${this.#places}`,
      ...application,
    });
    await redirect(this.gatehouse, made.id, { idpId: idp.id });
    return { idp, application: made, start: `/sso/${made.slug}/login` };
  }

  /** A real login in a new browser, or in a given one; `change` edits the way back. */
  async logIn(
    place: Place,
    login: string,
    { browser = this.gatehouse.app.client(), jar, change }: LogInOptions = {},
  ): Promise<LoginVisit> {
    const start = await visit(browser, place.start);
    if (start.status !== 303) throw new Error(`the login did not begin: ${start.status} ${start.text}`);
    const leaving = new URL(String(start.headers.location));
    const back = new URL(await signInAs(leaving.href, login, jar === undefined ? {} : { jar }));
    change?.(back);
    return { page: await visit(browser, back.href), browser, leaving, back };
  }

  trackerOn(page: TestAnswer): Promise<Tracker> {
    return trackerOn(this.gatehouse, page);
  }

  async newestTracker(): Promise<Tracker> {
    const { items } = await this.gatehouse.get<{ items: TrackerSummary[] }>('/api/trackers?limit=1');
    return this.gatehouse.get<Tracker>(`/api/trackers/${items[0]?.id}`);
  }

  /** Paths that were called at the rehearsal since `forgetCalls`, those of browsers left out. */
  async calledPaths(): Promise<string[]> {
    const { items } = await this.control.calls.list();
    return items.map(({ path }) => path).filter((path) => !path.endsWith('/authorize'));
  }

  forgetCalls(): Promise<void> {
    return this.control.calls.reset();
  }

  /** The next login fetches the keys. */
  forgetKeys(): void {
    this.gatehouse.write('update Idp set keys = null');
  }

  state(): LoginState {
    const { dataDir } = this.gatehouse.app.config;
    return readDatabase(dataDir, (database) => ({
      ...dumpDirectory(dataDir),
      Identity: database.prepare('select * from Identity').all() as LoginState['Identity'],
      Session: database.prepare('select tokenHash, accountId from Session').all(),
    }));
  }
}

type LogInOptions = { browser?: TestClient; jar?: CookieJar; change?: (back: URL) => void };

function syncedLogin(number: number): string {
  return `synced-${number}@rehearsal.example`;
}

function profileOf(login: string) {
  const [name = ''] = login.split('@');
  return { login, email: login, firstName: 'Robin', lastName: name };
}
