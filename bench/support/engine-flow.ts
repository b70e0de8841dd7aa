import { randomBytes } from 'node:crypto';
import { defaultIdpSettings } from '@gatehouse/contracts/idp';
import type { TrackerKind } from '@gatehouse/contracts/tracker';
import { beginLogin } from '@gatehouse/login/begin-login';
import { type CompleteLoginPorts, completeLogin } from '@gatehouse/login/complete-login';
import { MemoryPeople } from '@gatehouse/login/conformance/memory-people';
import { MemoryTransactions } from '@gatehouse/login/conformance/memory-transactions';
import type { KeyCache, LoginTracer, LoginTracers, TraceEntry, Upstream } from '@gatehouse/login/ports';
import { createOutboundFetch } from '../../apps/api/src/outbound/outbound-fetch.ts';
import type { LoginUpstream } from './login-upstream.ts';

const callbackUrl = 'https://sso.acme.example/sso/callback/benchmark';

/** Keeps what it is told until the login ends, as text. */
class Tracer implements LoginTracer {
  readonly kind: TrackerKind = 'login';
  readonly trackerId: number;
  readonly #entries: TraceEntry[] = [];
  readonly #more: unknown[] = [];
  readonly #forget: (text: string) => void;

  constructor(trackerId: number, forget: (text: string) => void) {
    this.trackerId = trackerId;
    this.#forget = forget;
  }

  get publicId(): string {
    return String(this.trackerId);
  }
  record(entry: TraceEntry): void {
    this.#entries.push(entry);
  }
  person(...more: unknown[]): void {
    this.#more.push(more);
  }
  claims(claims: unknown): void {
    this.#more.push(claims);
  }
  update(update: unknown): void {
    this.#more.push(update);
  }
  async flush(): Promise<void> {}
  async finish(): Promise<void> {
    this.#forget(JSON.stringify([this.#entries, this.#more]));
  }
}

class Tracers implements LoginTracers {
  readonly #open = new Map<number, Tracer>();
  #last = 0;

  async start(): Promise<LoginTracer> {
    this.#last += 1;
    const id = this.#last;
    const tracer = new Tracer(id, () => this.#open.delete(id));
    this.#open.set(id, tracer);
    return tracer;
  }
  async resume(trackerId: number): Promise<LoginTracer | null> {
    return this.#open.get(trackerId) ?? null;
  }
}

class Keys implements KeyCache {
  #stored: unknown = null;
  async read(): Promise<unknown> {
    return this.#stored;
  }
  async save(_idpId: number, _loginVersion: number, keys: unknown): Promise<void> {
    this.#stored = keys;
  }
}

/** Logins through the engine alone, with its stores in memory, tracing on, and the guarded fetch of the API. */
export class EngineFlow {
  readonly #upstream: Upstream;
  readonly #ports: CompleteLoginPorts;
  readonly close: () => Promise<void>;

  constructor(upstream: LoginUpstream) {
    const outbound = createOutboundFetch({ allow: [upstream.url], userAgent: 'Gatehouse/benchmark' });
    const nobody = { refresh: () => Promise.reject(new Error('nobody is refreshed here')) };
    this.#upstream = upstreamOf(upstream);
    this.#ports = {
      transactions: new MemoryTransactions(),
      people: new MemoryPeople(),
      tracers: new Tracers(),
      keys: new Keys(),
      fetch: outbound.fetch,
      refreshers: { login: nobody, test: nobody },
      now: Date.now,
      report: (error) => console.error(error),
    };
    this.close = outbound.close;
  }

  async begin(): Promise<{ readonly browser: string; readonly location: string }> {
    const { transactions, tracers, now } = this.#ports;
    const { idpId, settingsVersion } = this.#upstream;
    const browser = randomBytes(32).toString('base64url');
    const tracer = await tracers.start({ idpId, settingsVersion, applicationId: null });
    const { redirectTo } = await beginLogin(
      { upstream: this.#upstream, tracer, browserSecret: browser, applicationId: null, returnUrl: null },
      { transactions, now, randomBytes },
    );
    return { browser, location: redirectTo };
  }

  /** The name of who logged in; null when they were refused. */
  async complete(browser: string, url: string): Promise<string | null> {
    const { idpId, publicId } = this.#upstream;
    const result = await completeLogin(
      {
        idp: { id: idpId, publicId, findUpstream: async () => this.#upstream },
        browserSecret: browser,
        rawQuery: new URL(url).search,
      },
      this.#ports,
    );
    return result.ok ? (result.person?.displayName ?? null) : null;
  }
}

function upstreamOf({ url, clientId, clientSecret }: LoginUpstream): Upstream {
  return {
    idpId: 1,
    publicId: 'benchmark',
    name: 'Benchmark',
    settingsVersion: 1,
    loginVersion: 1,
    settings: { ...defaultIdpSettings, clientId, updateMethod: 'claims', createUsers: true },
    metadata: {
      issuer: url,
      authorizationEndpoint: `${url}/authorize`,
      tokenEndpoint: `${url}/token`,
      userinfoEndpoint: `${url}/userinfo`,
      jwksUri: `${url}/keys`,
      endSessionEndpoint: null,
      scopesSupported: [],
      claimsSupported: [],
      tokenEndpointAuthMethods: ['client_secret_basic'],
      codeChallengeMethods: ['S256'],
      idTokenSigningAlgorithms: ['RS256'],
      sendsIss: false,
      importedAt: '2026-11-28T00:00:00.000Z',
    },
    clientSecret,
    callbackUrl,
    directoryId: 1,
    connectorId: null,
    allowsHttp: true,
  };
}
