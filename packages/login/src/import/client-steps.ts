import { randomBytes } from 'node:crypto';
import type { OutboundResponse } from '@gatehouse/contracts/outbound';
import { type ClientAuthentication, clientAuthenticationOf } from '../client-authentication.ts';
import {
  type Finding,
  type Found,
  failed,
  type ImportOptions,
  must,
  passed,
  warning,
} from './import-context.ts';
import { callTimeoutMs, outboundProblem } from './outbound-problem.ts';
import { authMethodsOf } from './provider-document.ts';
import { readSaidError, showAnswer } from './shown-answer.ts';

type Credentials = {
  readonly clientId: string;
  /** Null: as an app without a secret. */
  readonly secret: string | null;
  readonly method: ClientAuthentication;
};

/**
 * Sends the client secret with a code that nobody issued. The client is looked at before the code (RFC 6749 5.2), so
 * `invalid_grant` means that the secret is right, and `invalid_client` that it is not.
 */
export async function trySecret(context: ImportOptions, found: Found): Promise<Finding> {
  const { settings, secretBelongsTo } = context;
  const document = must(found.document);
  if (settings.clientId === '') return failed('import-client-id-missing', {});
  const accepted = authMethodsOf(document);
  const method = clientAuthenticationOf(settings.clientAuthentication, accepted);
  if (method === null) return noMethod(settings.clientAuthentication, accepted);
  const endpoint = new URL(document.token_endpoint);
  if (secretBelongsTo !== null && secretBelongsTo !== endpoint.origin) {
    const facts = { before: new URL(secretBelongsTo).host, after: endpoint.host };
    return failed('import-endpoint-moved', facts);
  }
  const secret = await context.readSecret();
  if (secret === null) return failed('import-secret-missing', {});

  const credentials = { clientId: settings.clientId, secret, method };
  let response: OutboundResponse;
  try {
    response = await exchangeDummy(context, found, credentials);
  } catch (error) {
    const { code, facts } = outboundProblem(error, document.token_endpoint);
    return failed(code, { url: document.token_endpoint, ...facts });
  }
  return await judgeAnswer({ context, found, response, credentials });
}

type Judging = {
  readonly context: ImportOptions;
  readonly found: Found;
  readonly response: OutboundResponse;
  readonly credentials: Credentials;
};

async function judgeAnswer({ context, found, response, credentials }: Judging): Promise<Finding> {
  const hiding = { redact: context.redact, sent: found.sent };
  const raw = showAnswer(response, hiding);
  const { status } = response;
  const { error, said } = readSaidError(response, hiding);
  const facts = { status, error, said };
  if (error === 'invalid_grant') return passed(null, raw);
  if (error === 'unauthorized_client' || error === 'unsupported_grant_type') {
    return failed('import-app-grant-missing', facts, raw);
  }
  if (error === 'invalid_client') {
    const reading = readRefusedClient(said);
    if (reading === 'unknown') {
      found.clientUnknown = true;
      return failed('import-client-unknown', facts, raw);
    }
    if (reading === 'secret') return failed('import-secret-refused', { ...facts, clientKnown: true }, raw);
    const isPublic = await answersWithoutSecret(context, found, credentials);
    return failed(isPublic ? 'import-public-client' : 'import-secret-refused', facts, raw);
  }
  if (status === 429) return warning('import-rate-limited', facts, raw);
  if (status >= 500) return warning('import-server-failed', facts, raw);
  return warning('import-client-answer-unclear', facts, raw);
}

/**
 * Okta's words for `invalid_client`
 * (https://support.okta.com/help/s/article/invalid-client-error-returned-during-client-authentication-failure); other
 * texts leave it open.
 */
function readRefusedClient(said: string): 'unknown' | 'secret' | 'open' {
  if (/'client_id' parameter/i.test(said)) return 'unknown';
  return /client secret supplied/i.test(said) ? 'secret' : 'open';
}

/** A single-page or native app has no secret: it is refused with one, and without it comes as far as the code. */
async function answersWithoutSecret(
  context: ImportOptions,
  found: Found,
  credentials: Credentials,
): Promise<boolean> {
  try {
    const response = await exchangeDummy(context, found, { ...credentials, secret: null });
    const { error } = readSaidError(response, { redact: context.redact, sent: found.sent });
    return error === 'invalid_grant';
  } catch (error) {
    outboundProblem(error, must(found.document).token_endpoint);
    return false;
  }
}

/** @throws OutboundError */
async function exchangeDummy(
  context: ImportOptions,
  found: Found,
  { clientId, secret, method }: Credentials,
): Promise<OutboundResponse> {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: `gatehouse-import-${randomBytes(16).toString('hex')}`,
    redirect_uri: context.callbackUrl,
    code_verifier: randomBytes(32).toString('base64url'),
  });
  const headers: Record<string, string> = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  };
  if (secret !== null && method === 'client_secret_basic') {
    // RFC 6749 2.3.1: both parts are form-encoded before they become user and password.
    const pair = `${formEncode(clientId)}:${formEncode(secret)}`;
    const credentials = Buffer.from(pair).toString('base64');
    headers.authorization = `Basic ${credentials}`;
    found.sent.push(credentials, pair);
  } else {
    form.set('client_id', clientId);
    if (secret !== null) form.set('client_secret', secret);
  }
  if (secret !== null) found.sent.push(secret, formEncode(secret));
  return await context.fetch({
    url: must(found.document).token_endpoint,
    method: 'POST',
    headers,
    body: form.toString(),
    redirects: 'report',
    timeoutMs: callTimeoutMs,
    signal: context.signal,
  });
}

function noMethod(chosen: ClientAuthentication | null, accepted: readonly string[]): Finding {
  const usable = clientAuthenticationOf(null, accepted);
  return failed('import-no-client-secret-method', {
    wanted: chosen ?? 'client_secret_basic or client_secret_post',
    offered: accepted.length === 0 ? 'nothing' : accepted.slice(0, 10).join(', '),
    ...(usable === null ? {} : { usable }),
  });
}

function formEncode(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
