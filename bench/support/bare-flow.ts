import { randomBytes } from 'node:crypto';
import * as client from 'openid-client';

type UnderWay = { readonly state: string; readonly nonce: string; readonly verifier: string };

/**
 * The least that a login through openid-client can be, with the same checks switched on: what is under way in a Map,
 * keys and metadata read once, no trace, nobody looked up.
 */
export class BareFlow {
  readonly #configuration: client.Configuration;
  readonly #redirectUri: string;
  readonly #underWay = new Map<string, UnderWay>();

  private constructor(configuration: client.Configuration, redirectUri: string) {
    this.#configuration = configuration;
    this.#redirectUri = redirectUri;
  }

  static async discover(
    upstream: { readonly url: string; readonly clientId: string; readonly clientSecret: string },
    redirectUri: string,
  ): Promise<BareFlow> {
    const { url, clientId, clientSecret } = upstream;
    const configuration = await client.discovery(
      new URL(url),
      clientId,
      { client_secret: clientSecret, id_token_signed_response_alg: 'RS256' },
      client.ClientSecretBasic(clientSecret),
      { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
    );
    return new BareFlow(configuration, redirectUri);
  }

  async begin(): Promise<{ readonly browser: string; readonly location: string }> {
    const browser = randomBytes(32).toString('base64url');
    const verifier = client.randomPKCECodeVerifier();
    const underWay = { state: client.randomState(), nonce: client.randomNonce(), verifier };
    this.#underWay.set(browser, underWay);
    const location = client.buildAuthorizationUrl(this.#configuration, {
      redirect_uri: this.#redirectUri,
      scope: 'openid profile email',
      state: underWay.state,
      nonce: underWay.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { browser, location: location.href };
  }

  /** The name of who logged in; null when this browser has nothing under way. */
  async complete(browser: string, callbackUrl: string): Promise<string | null> {
    const underWay = this.#underWay.get(browser);
    this.#underWay.delete(browser);
    if (underWay === undefined) return null;
    const tokens = await client.authorizationCodeGrant(this.#configuration, new URL(callbackUrl), {
      expectedState: underWay.state,
      expectedNonce: underWay.nonce,
      pkceCodeVerifier: underWay.verifier,
      idTokenExpected: true,
    });
    const subject = tokens.claims()?.sub ?? '';
    const { name } = await client.fetchUserInfo(this.#configuration, tokens.access_token, subject);
    return name ?? '';
  }
}
