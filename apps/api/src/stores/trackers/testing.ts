import { defaultIdpSettings } from '@gatehouse/contracts/idp';
import type { TraceEntry } from '@gatehouse/login/ports';
import { createTraceRedactor } from '../../logging/redact-traces.ts';
import { bySystem } from '../audit/audit-entry.ts';
import { statement } from '../raw.ts';
import { createTestSecretStore } from '../secrets/testing.ts';
import { openTestDatabase, type TestDatabase, testNow } from '../testing.ts';
import { TraceCleaner } from './clean-trace.ts';
import { TrackerStore } from './store.ts';
import type { PassedTest, TrackerChange } from './tracer.ts';
import { SqliteLoginTracers } from './tracers.ts';
import type { TrackedIdp, TrackedIdps } from './tracked-idp.ts';
import { TrackerIds } from './tracker-ids.ts';

export const testTrackerUrl = 'https://gatehouse.example';

export type TrackerHarness = {
  readonly database: TestDatabase;
  /** Milliseconds since 1970; a test moves it. */
  readonly clock: { now: number };
  readonly tracers: SqliteLoginTracers;
  readonly trackers: TrackerStore;
  readonly changes: TrackerChange[];
  readonly passedTests: PassedTest[];
  readonly errors: unknown[];
  readonly idp: TrackedIdp;
  /** A started test; answers the token of its link. */
  createTest(): Promise<{ id: string; token: string }>;
  remove(): Promise<void>;
};

/** One step with nothing special in it, changed as told. */
export function traceEntry(change: Partial<TraceEntry> = {}): TraceEntry {
  return {
    step: 'returned',
    state: 'passed',
    code: null,
    fact: 'Okta sent the person back.',
    expected: null,
    seen: null,
    durationMs: null,
    facts: {},
    ...change,
  };
}

/** The stores of trackers with one identity provider, a clock that stands still, and secrets that are known. */
export async function createTrackerHarness(
  options: { redactValues?: readonly string[]; randomIds?: () => string } = {},
): Promise<TrackerHarness> {
  const clock = { now: testNow };
  const database = await openTestDatabase({ now: () => clock.now });
  const idp = testIdp(1, 'Acme Okta');
  const other = testIdp(2, 'Other Okta');
  await insertIdps(database, [idp, other]);
  const idps = trackedIdps([idp, other]);
  const changes: TrackerChange[] = [];
  const passedTests: PassedTest[] = [];
  const errors: unknown[] = [];
  const ids = new TrackerIds(database, options.randomIds);
  const redactValues = () => options.redactValues ?? [];
  const changed = (change: TrackerChange) => void changes.push(change);
  const trackers = new TrackerStore({
    database,
    secrets: createTestSecretStore(database),
    ids,
    idps,
    cleaner: () => new TraceCleaner(createTraceRedactor(redactValues())),
    trackerDays: () => 14,
    publicUrl: testTrackerUrl,
    changed,
  });
  const tracers = new SqliteLoginTracers({
    database,
    ids,
    redactValues,
    changed,
    onTestPassed: async (test) => void passedTests.push(test),
    onError: (error) => void errors.push(error),
  });
  return {
    database,
    clock,
    tracers,
    trackers,
    changes,
    passedTests,
    errors,
    idp,
    async createTest() {
      const { id, testUrl } = await trackers.createTest({ idpId: 1, settingsVersion: 1, by: bySystem });
      return { id, token: testUrl?.split('/t/')[1] ?? '' };
    },
    remove: () => database.remove(),
  };
}

/** An identity provider that is ready for tests. */
export function testIdp(id: number, name: string): TrackedIdp {
  return {
    id,
    publicId: String(id).padEnd(22, 'i'),
    state: 'enabled',
    name,
    settingsVersion: 1,
    settings: { ...defaultIdpSettings, domain: 'acme.okta.com', clientId: '0oa1b2c3d4e5f6g7h8i9' },
    metadata: {
      issuer: 'https://acme.okta.com',
      authorizationEndpoint: 'https://acme.okta.com/oauth2/v1/authorize',
      tokenEndpoint: 'https://acme.okta.com/oauth2/v1/token',
      userinfoEndpoint: 'https://acme.okta.com/oauth2/v1/userinfo',
      jwksUri: 'https://acme.okta.com/oauth2/v1/keys',
      endSessionEndpoint: null,
      scopesSupported: ['openid', 'profile'],
      claimsSupported: ['sub'],
      tokenEndpointAuthMethods: ['client_secret_basic'],
      codeChallengeMethods: ['S256'],
      idTokenSigningAlgorithms: ['RS256'],
      sendsIss: false,
      importedAt: new Date(testNow).toISOString(),
    },
    callbackUrl: `${testTrackerUrl}/sso/callback/${String(id).padEnd(22, 'i')}`,
    clientSecretSet: true,
  };
}

/** Answers from a list that a test may change. */
export function trackedIdps(list: readonly TrackedIdp[]): TrackedIdps {
  const find = (publicId: string) => list.find((one) => one.publicId === publicId) ?? null;
  return {
    idpOf: (id) => list.find((one) => one.id === id) ?? null,
    findIdp: find,
    versionOf: (id) => {
      const idp = list.find((one) => one.id === id);
      return idp ? { settings: idp.settings, createdAt: testNow - 60_000, createdBy: 'Ann Admin' } : null;
    },
    upstreamOf(publicId) {
      const idp = find(publicId);
      if (idp === null) return { unavailable: 'idp-removed', missing: [] };
      if (idp.state === 'disabled') return { unavailable: 'idp-disabled', missing: [] };
      const missing = [
        ...(idp.clientSecretSet ? [] : [{ part: 'clientSecret', label: 'Client secret' }]),
        ...(idp.metadata === null ? [{ part: 'metadata', label: 'Imported metadata' }] : []),
      ];
      return missing.length === 0 ? idp : { unavailable: 'idp-incomplete', missing };
    },
    listTestable(limit, offset) {
      const ready = list.filter((idp) => idp.clientSecretSet && idp.metadata !== null);
      const items = ready.slice(offset, offset + limit).map(({ publicId, name, metadata }) => {
        return { id: publicId, name, issuer: metadata?.issuer ?? null };
      });
      return { total: ready.length, items };
    },
  };
}

export async function insertIdps(database: TestDatabase, list: readonly TrackedIdp[]): Promise<void> {
  await database.write((db) =>
    list.map(({ id, publicId, name, settingsVersion }) =>
      statement(
        db,
        `insert into Idp (id, publicId, state, name, nameFolded, settingsVersion, loginVersion, wizardStep, wizardTicks,
           createdAt, createdBy) values (?, ?, 'enabled', ?, ?, ?, 1, 'test', '[]', 0, 'Ann')`,
        id,
        publicId,
        name,
        name.toLowerCase(),
        settingsVersion,
      ),
    ),
  );
}
