import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Who signs in: each login takes the next of so many people. */
const peopleCount = 50;

type Code = {
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
  readonly sub: string;
};

/** An OpenID Connect provider in this process that does what it must and nothing else. */
export type LoginUpstream = {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What its authorization endpoint does when somebody signs in: the address to go back to. */
  signIn(authorizationUrl: string): string;
  /** Milliseconds from requests to their answers, all together, since it was asked last. */
  takeAnswerMs(): number;
  close(): Promise<void>;
};

export async function startLoginUpstream(): Promise<LoginUpstream> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' }] };
  const clientId = '0oaBenchmark';
  const clientSecret = randomBytes(24).toString('base64url');
  const codes = new Map<string, Code>();
  const accessTokens = new Map<string, string>();
  let people = 0;
  let answerMs = 0;

  const server = createServer((request, response) => {
    const startedAt = performance.now();
    response.once('finish', () => {
      answerMs += performance.now() - startedAt;
    });
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Connections that the measured process keeps open must not be closed under its hands.
  server.keepAliveTimeout = 600_000;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    switch (new URL(request.url ?? '/', url).pathname) {
      case '/.well-known/openid-configuration':
        return send(response, 200, metadataOf(url));
      case '/keys':
        return send(response, 200, keys);
      case '/token':
        return exchange(request, response);
      case '/userinfo': {
        const sub = accessTokens.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
        return sub === undefined ? send(response, 401, {}) : send(response, 200, { sub, ...profileOf(sub) });
      }
      default:
        return send(response, 404, {});
    }
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!isClient(request)) return send(response, 401, { error: 'invalid_client' });
    if (code?.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) {
      return send(response, 400, { error: 'invalid_grant' });
    }
    const accessToken = randomBytes(16).toString('base64url');
    accessTokens.set(accessToken, code.sub);
    const idToken = await new SignJWT({ nonce: code.nonce, ...profileOf(code.sub) })
      .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
      .setIssuer(url)
      .setSubject(code.sub)
      .setAudience(clientId)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
    send(response, 200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 3600,
      id_token: idToken,
    });
  }

  function isClient({ headers }: IncomingMessage): boolean {
    const pair = [clientId, clientSecret].map(encodeURIComponent).join(':');
    const [scheme, credentials = ''] = (headers.authorization ?? '').split(' ');
    return (
      scheme === 'Basic' &&
      decodeURIComponent(Buffer.from(credentials, 'base64').toString()) === decodeURIComponent(pair)
    );
  }

  return {
    url,
    clientId,
    clientSecret,
    signIn(authorizationUrl) {
      const { searchParams } = new URL(authorizationUrl);
      const asked = (name: string) => searchParams.get(name) ?? '';
      const code = randomBytes(16).toString('base64url');
      people = (people + 1) % peopleCount;
      codes.set(code, {
        nonce: asked('nonce'),
        challenge: asked('code_challenge'),
        redirectUri: asked('redirect_uri'),
        sub: `00u${people}`,
      });
      return `${asked('redirect_uri')}?${new URLSearchParams({ code, state: asked('state') })}`;
    },
    takeAnswerMs() {
      const taken = answerMs;
      answerMs = 0;
      return taken;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function profileOf(sub: string) {
  return {
    preferred_username: `${sub}@acme.example`,
    email: `${sub}@acme.example`,
    email_verified: true,
    given_name: 'Ada',
    family_name: `Lovelace ${sub}`,
    name: `Ada Lovelace ${sub}`,
  };
}

function metadataOf(url: string) {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    userinfo_endpoint: `${url}/userinfo`,
    jwks_uri: `${url}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    grant_types_supported: ['authorization_code'],
    scopes_supported: ['openid', 'profile', 'email'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
