import type Provider from 'oidc-provider';
import type { World } from '../world.ts';
import type { Answer } from './answer.ts';
import { ArtifactStore } from './artifact-store.ts';
import type { AuthorizationServer } from './authorization-server.ts';
import { callProvider, type ProviderHandler, type ProviderRequest } from './call-provider.ts';
import { createProvider } from './provider.ts';

const SESSION_SECONDS = 300;

type Running = { readonly kid: string; readonly provider: Provider; readonly handler: ProviderHandler };

/** What is known of an authorization code before it is redeemed. */
export type KnownCode = {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
};

/** oidc-provider for one authorization server; a fresh one whenever the signing key is another one. */
export class Engine {
  readonly server: AuthorizationServer;
  readonly #world: World;
  readonly #store = new ArtifactStore();
  #running: Running | undefined;

  constructor(world: World, server: AuthorizationServer) {
    this.#world = world;
    this.server = server;
  }

  async ask(request: ProviderRequest): Promise<Answer> {
    const { handler } = await this.#run();
    return callProvider(handler, new URL(this.#world.origin).host, request);
  }

  /** Asks the authorize endpoint on behalf of somebody who is signed in since then (milliseconds). */
  async authorize(parameters: URLSearchParams, userId: string, signedInAt: number): Promise<Answer> {
    const { provider } = await this.#run();
    const session = new provider.Session();
    session.accountId = userId;
    session.loginTs = Math.floor(signedInAt / 1000);
    session.amr = ['pwd'];
    await session.save(SESSION_SECONDS);
    const answer = await this.ask({
      method: 'GET',
      path: `${this.server.base}/authorize?${parameters}`,
      headers: { cookie: `${provider.cookieName('session')}=${session.jti}` },
    });
    this.#store.remove('Session', session.jti);
    return answer;
  }

  knownCode(code: string): KnownCode | undefined {
    const payload = this.#store.find('AuthorizationCode', code);
    if (!payload || payload.consumed) return undefined;
    return {
      clientId: payload.clientId ?? '',
      redirectUri: payload.redirectUri ?? '',
      codeChallenge: payload.codeChallenge,
    };
  }

  /** The app that an access token was issued to; null when the token is not known. */
  clientOfToken(token: string): string | null {
    return this.#store.find('AccessToken', token)?.clientId ?? null;
  }

  async #run(): Promise<Running> {
    const key = await this.#world.keys.current();
    if (this.#running?.kid !== key.kid) {
      const provider = createProvider({
        world: this.#world,
        server: this.server,
        store: this.#store,
        key,
      });
      this.#running = { kid: key.kid, provider, handler: provider.callback() as unknown as ProviderHandler };
    }
    return this.#running;
  }
}
