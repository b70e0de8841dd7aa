import { DISCOVERY_KINDS, faultyDiscovery } from '../login-faults/discovery-faults.ts';
import { replaced } from '../login-faults/id-token-faults.ts';
import { CLAIMS_KINDS, KEYS_KINDS, USERINFO_KINDS } from '../login-faults/login-fault-input.ts';
import {
  clientRefused,
  faultyClaims,
  faultyTokenAnswer,
  TOKEN_ANSWER_KINDS,
} from '../login-faults/token-faults.ts';
import { type Answer, jsonAnswer, wrongMethod } from './answer.ts';
import type { Step } from './authorization-server.ts';
import { authorize } from './authorize.ts';
import type { Exchange } from './exchange.ts';
import { publicJwk } from './key-store.ts';
import { logOut } from './logout.ts';
import { metadataOf } from './metadata.ts';
import { askForApp } from './token.ts';

/** What each endpoint of an authorization server answers. */
export const STEP_ANSWERS: Readonly<Record<Step, (exchange: Exchange) => Promise<Answer>>> = {
  discovery: answerDiscovery,
  keys: answerKeys,
  authorize: async (exchange) => {
    assertMethod(exchange, 'GET', 'POST');
    return authorize(exchange.authorizeContext, exchange.parameters, exchange.request.headers.cookie);
  },
  token: answerToken,
  userinfo: answerUserinfo,
  logout: async (exchange) => {
    assertMethod(exchange, 'GET', 'POST');
    const { world, engine, parameters, request } = exchange;
    return logOut(world, engine.server, parameters, request.headers.cookie);
  },
  introspect: async (exchange) => (await post(exchange, 'introspect')).answer,
  revoke: async (exchange) => (await post(exchange, 'revoke')).answer,
};

async function answerDiscovery(exchange: Exchange): Promise<Answer> {
  assertMethod(exchange, 'GET');
  const { world, engine, strike } = exchange;
  const metadata = metadataOf(engine.server, world.origin);
  return faultyDiscovery(metadata, strike(...DISCOVERY_KINDS), (kind) => world.loginFaults.isListed(kind));
}

/** The decoys are listed as long as a fault is set that needs a second key. */
async function answerKeys(exchange: Exchange): Promise<Answer> {
  assertMethod(exchange, 'GET');
  const { world, decoys, strike } = exchange;
  const kinds = strike(...KEYS_KINDS).map((fault) => fault.kind);
  if (kinds.includes('jwks-empty')) return jsonAnswer(200, { keys: [] });
  if (kinds.includes('jwks-lacks-key')) return jsonAnswer(200, { keys: [publicJwk(await decoys.rsa())] });
  const keys = (await world.keys.all()).filter((key) => key.isPublished).map(publicJwk);
  if (world.loginFaults.isListed('id-token-kid-missing-many-keys')) keys.push(publicJwk(await decoys.rsa()));
  if (world.loginFaults.isListed('id-token-alg-es256')) keys.push(publicJwk(await decoys.ec()));
  return jsonAnswer(200, { keys });
}

async function answerToken(exchange: Exchange): Promise<Answer> {
  const { strike, world, decoys, foreign, skew } = exchange;
  assertMethod(exchange, 'POST');
  if (strike('token-client-refused').length > 0) return clientRefused();
  if (strike('key-rotated').length > 0) await world.keys.rotate();
  const { answer, app } = await post(exchange, 'token');
  if (!app || answer.status !== 200) return answer;
  return faultyTokenAnswer(answer, strike(...TOKEN_ANSWER_KINDS), {
    app,
    keys: world.keys,
    decoys,
    foreignIssuer: foreign.issuer,
    skew,
  });
}

async function answerUserinfo(exchange: Exchange): Promise<Answer> {
  assertMethod(exchange, 'GET', 'POST');
  const { engine, request, strike, world } = exchange;
  const { authorization } = request.headers;
  const answer = await engine.ask({
    method: 'GET',
    path: `${engine.server.base}/userinfo`,
    headers: { accept: 'application/json', ...(authorization === undefined ? {} : { authorization }) },
  });
  if (answer.status !== 200) return answer;
  const claims = JSON.parse(answer.body) as Record<string, unknown>;
  const kinds = strike(...USERINFO_KINDS).map((fault) => fault.kind);
  const other = world.organisation.users.find((user) => user && user.id !== claims.sub)?.id;
  const withSub = {
    ...claims,
    ...(kinds.includes('userinfo-sub-other') ? { sub: other } : {}),
    ...(kinds.includes('userinfo-sub-missing') ? { sub: undefined } : {}),
  };
  return { ...answer, body: JSON.stringify(replaced(faultyClaims(withSub, strike(...CLAIMS_KINDS)), {})) };
}

async function post(exchange: Exchange, step: 'token' | 'introspect' | 'revoke') {
  assertMethod(exchange, 'POST');
  const { authorization } = exchange.request.headers;
  return askForApp(exchange, step, { authorization, form: exchange.parameters });
}

function assertMethod(exchange: Exchange, ...allowed: ('GET' | 'POST')[]): void {
  if (!allowed.some((method) => method === exchange.request.method)) throw wrongMethod();
}
