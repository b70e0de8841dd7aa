import { createHash, randomBytes } from 'node:crypto';
import type { OutboundResponse } from '@gatehouse/contracts/outbound';
import {
  type Finding,
  type Found,
  failed,
  type ImportOptions,
  must,
  passed,
  skipped,
  warning,
} from './import-context.ts';
import { callTimeoutMs, outboundProblem } from './outbound-problem.ts';
import { printable } from './printable.ts';
import { hide, isHtml, readSaidError, showAnswer, textOfHtml } from './shown-answer.ts';

type Hiding = Parameters<typeof hide>[1];

/**
 * Asks for a login that must not show a page (`prompt=none`, OpenID Connect Core 3.1.2.1). Whoever knows the callback URL
 * sends the browser back to it, mostly with `login_required`; whoever does not shows a page of its own (RFC 6749 4.1.2.1).
 */
export async function tryCallback(context: ImportOptions, found: Found): Promise<Finding> {
  const { settings, callbackUrl } = context;
  if (settings.clientId === '' || found.clientUnknown) {
    return skipped('The Client ID comes first.');
  }
  const url = authorizeUrl(context, must(found.document).authorization_endpoint);
  let response: OutboundResponse;
  try {
    response = await context.fetch({
      url,
      redirects: 'report',
      timeoutMs: callTimeoutMs,
      signal: context.signal,
    });
  } catch (error) {
    const { reason } = outboundProblem(error, url);
    return warning('import-callback-answer-unclear', { why: reason });
  }
  const hiding = { redact: context.redact, sent: found.sent };
  const raw = showAnswer(response, hiding);
  const { status } = response;
  const target = URL.parse(response.headers.get('location') ?? '', url);
  if (status >= 300 && status < 400 && target !== null && isAt(target, callbackUrl)) {
    return judgeReturn({ target, status, raw, hiding });
  }
  const page = isHtml(response) ? textOfHtml(response.body) : '';
  const { error, said } = readSaidError(response, hiding);
  const facts = { status, error, said: page === '' ? said : saidByPage(page, hiding), callbackUrl };
  if (status >= 400 && status < 500 && status !== 429) {
    const reason = `${page} ${said}`;
    if (/redirect[_ -]?ur[il]/i.test(reason)) return failed('import-callback-not-registered', facts, raw);
    if (/client_id/i.test(reason)) return failed('import-client-unknown', facts, raw);
  }
  return warning('import-callback-answer-unclear', facts, raw);
}

/** It came back to us, so the callback URL is registered; what came along may tell more. */
function judgeReturn(back: { target: URL; status: number; raw: string; hiding: Hiding }): Finding {
  const { target, status, raw, hiding } = back;
  const parameters = new URLSearchParams(target.search === '' ? target.hash.slice(1) : target.search);
  const error = printable(hide(parameters.get('error') ?? '', hiding), 60);
  const facts = {
    status,
    error,
    said: printable(hide(parameters.get('error_description') ?? '', hiding), 200),
  };
  if (error === 'unauthorized_client' || error === 'unsupported_response_type') {
    return failed('import-app-grant-missing', facts, raw);
  }
  if (error === 'invalid_scope') {
    return warning('import-scope-not-offered', facts, raw);
  }
  return passed(error === '' ? null : `came back with ${error}`, raw);
}

/** The line of a page that says what is wrong, else its beginning. */
function saidByPage(page: string, hiding: Hiding): string {
  const lines = page.split('\n');
  const line = lines.find((text) => /redirect[_ -]?ur[il]|client_id/i.test(text)) ?? lines.join(' ');
  return printable(hide(line, hiding), 200);
}

function authorizeUrl({ settings, callbackUrl }: ImportOptions, endpoint: string): string {
  const url = new URL(endpoint);
  const verifier = randomBytes(32).toString('base64url');
  const parameters = {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: callbackUrl,
    scope: ['openid', ...settings.scopes].join(' '),
    state: randomBytes(16).toString('base64url'),
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    prompt: 'none',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Same place, whatever was added. */
function isAt(target: URL, callbackUrl: string): boolean {
  const callback = new URL(callbackUrl);
  return target.origin === callback.origin && target.pathname === callback.pathname;
}
