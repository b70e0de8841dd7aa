import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { App } from '../apps/app.ts';
import type { AppStore } from '../apps/app-store.ts';

type Stored = { readonly payload: AdapterPayload; readonly until: number };

const SWEEP_EVERY = 1000;
const DAY_SECONDS = 86_400;

/** Codes, tokens and grants of one authorization server, in memory; nothing outlives the process. */
export class ArtifactStore {
  readonly #stored = new Map<string, Stored>();
  #writes = 0;

  find(model: string, id: string): AdapterPayload | undefined {
    const held = this.#stored.get(`${model}:${id}`);
    return held && held.until > Date.now() ? held.payload : undefined;
  }

  put(model: string, id: string, payload: AdapterPayload, seconds: number): void {
    this.#writes += 1;
    if (this.#writes % SWEEP_EVERY === 0) this.#sweep();
    this.#stored.set(`${model}:${id}`, { payload, until: Date.now() + seconds * 1000 });
  }

  remove(model: string, id: string): void {
    this.#stored.delete(`${model}:${id}`);
  }

  /** Drops everything that rests on a grant. */
  revoke(grantId: string): void {
    for (const [key, { payload }] of this.#stored) {
      if (payload.grantId === grantId) this.#stored.delete(key);
    }
  }

  #sweep(): void {
    const now = Date.now();
    for (const [key, { until }] of this.#stored) {
      if (until <= now) this.#stored.delete(key);
    }
  }
}

/** Shows oidc-provider the apps as its clients and keeps everything else in the store. */
export function adapterOf(store: ArtifactStore, apps: AppStore): (model: string) => Adapter {
  return (model) => ({
    async find(id) {
      if (model !== 'Client') return store.find(model, id);
      const app = apps.find(id);
      return app?.status === 'ACTIVE' ? clientOf(app) : undefined;
    },
    async upsert(id, payload, expiresIn) {
      store.put(model, id, payload, expiresIn ?? DAY_SECONDS);
    },
    async destroy(id) {
      store.remove(model, id);
    },
    async consume(id) {
      const payload = store.find(model, id);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async revokeByGrantId(grantId) {
      store.revoke(grantId);
    },
    async findByUid() {
      return undefined;
    },
    async findByUserCode() {
      return undefined;
    },
  });
}

/** Client authentication is checked before oidc-provider sees a request, and then handed on as basic. */
function clientOf(app: App): AdapterPayload {
  return {
    client_id: app.id,
    ...(app.secret === null ? {} : { client_secret: app.secret }),
    token_endpoint_auth_method: app.secret === null ? 'none' : 'client_secret_basic',
    application_type: app.kind === 'native' ? 'native' : 'web',
    redirect_uris: [...app.redirectUris],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    id_token_signed_response_alg: 'RS256',
  };
}
