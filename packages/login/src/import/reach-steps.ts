import type { ImportProblemCode } from '@gatehouse/contracts/import-codes';
import { issuerOf, metadataUrlOf } from '../issuer-of.ts';
import { type Finding, type Found, failed, type ImportOptions, must, passed } from './import-context.ts';
import { callTimeoutMs, type OutboundProblem, outboundProblem } from './outbound-problem.ts';
import { printable } from './printable.ts';
import { readDocument } from './provider-document.ts';
import { isHtml, readSaidError, showAnswer } from './shown-answer.ts';

export function understandDomain({ settings, originOf }: ImportOptions, found: Found): Finding {
  const reading = issuerOf(settings, originOf);
  if (reading.ok) {
    found.issuer = reading.issuer;
    return { ...passed(reading.issuer.replace(/^https:\/\//, '')), durationMs: null };
  }
  const codes: Record<typeof reading.code, ImportProblemCode> = {
    'domain-empty': 'import-domain-empty',
    'domain-refused': 'import-domain-refused',
    'issuer-refused': 'import-issuer-refused',
  };
  return failed(codes[reading.code], { detail: reading.detail, addressField: reading.field });
}

/**
 * Asks for the metadata: one call, of which this check and the next two judge a part each. Its time belongs to the
 * connection.
 */
export async function resolveName(context: ImportOptions, found: Found): Promise<Finding> {
  const url = metadataUrlOf(found.issuer);
  const startedAt = performance.now();
  const askedAt = context.now();
  let failure: OutboundProblem | null = null;
  try {
    const response = await context.fetch({
      url,
      headers: { accept: 'application/json' },
      redirects: 'report',
      timeoutMs: callTimeoutMs,
      signal: context.signal,
    });
    found.metadataAnswer = { response, askedAt, answeredAt: context.now() };
  } catch (error) {
    failure = outboundProblem(error, url);
  }
  found.greeting = { failure, durationMs: Math.max(1, performance.now() - startedAt) };
  if (failure?.code === 'import-host-not-resolved' || failure?.code === 'import-host-blocked') {
    return failed(failure.code, failure.facts);
  }
  return { ...passed(new URL(found.issuer).hostname), durationMs: null };
}

/** Any answer counts. */
export function judgeConnection(_context: ImportOptions, found: Found): Finding {
  const { failure, durationMs } = must(found.greeting);
  const { host, protocol } = new URL(found.issuer);
  // One that is too large is an answer too: the next check says so.
  if (failure === null || failure.code === 'import-metadata-too-large') {
    return {
      ...passed(protocol === 'https:' ? `${host}, certificate trusted` : `${host}, without TLS`),
      durationMs,
    };
  }
  return { ...failed(failure.code, failure.facts), durationMs };
}

export function findMetadata(context: ImportOptions, found: Found): Finding {
  const url = metadataUrlOf(found.issuer);
  const { failure } = must(found.greeting);
  if (failure !== null) return failed(failure.code, { url, ...failure.facts });
  const { response } = must(found.metadataAnswer);
  const raw = showAnswer(response, { redact: context.redact, sent: found.sent });
  const { status } = response;
  const html = isHtml(response);
  const facts = { url, status, html };

  if (status >= 300 && status < 400) {
    const target = URL.parse(response.headers.get('location') ?? '', url)?.origin ?? '';
    return failed('import-metadata-redirected', { ...facts, target: printable(target, 200) }, raw);
  }
  if (status === 429) return failed('import-rate-limited', facts, raw);
  if (status >= 500) return failed('import-server-failed', facts, raw);
  if (status !== 200) return failed(nobodyThere(context, found, response), facts, raw);

  const reading = readDocument(response.body);
  if (reading.kind === 'document') {
    found.document = reading.document;
    return passed(new URL(url).pathname, raw);
  }
  if (reading.kind === 'unreadable') {
    return failed(
      'import-metadata-unreadable',
      { ...facts, ...(reading.missing === null ? {} : { missing: reading.missing }) },
      raw,
    );
  }
  // Every name under okta.com has an address, and where no org is a page answers.
  const isOktaHost = /\.okta(?:preview|-emea)?\.com$/.test(new URL(url).hostname);
  return failed(html && isOktaHost ? 'import-no-org' : 'import-metadata-not-json', facts, raw);
}

/** A 404 in Okta's own JSON comes from an org that has no such server; a page comes from anybody. */
function nobodyThere(
  { redact, settings }: ImportOptions,
  found: Found,
  response: Awaited<ReturnType<ImportOptions['fetch']>>,
): ImportProblemCode {
  const { error } = readSaidError(response, { redact, sent: found.sent });
  const hasPath = new URL(found.issuer).pathname !== '/';
  const isJson = !isHtml(response) && (settings.preset !== 'okta' || error !== '');
  return hasPath && isJson ? 'import-no-authorization-server' : 'import-no-org';
}

export function expectIssuer({ settings }: ImportOptions, found: Found): Finding {
  const seen = must(found.document).issuer;
  const expected = found.issuer;
  if (seen === expected) return passed(seen);
  const facts = { seen: printable(seen, 300), expected };
  const isConsole = expected.replace(/^(https?:\/\/[^./:]+)-admin\./, '$1.') === seen && seen !== expected;
  if (isConsole) return failed('import-issuer-admin-host', facts);
  const slash = settings.preset !== 'okta' && seen.replace(/\/$/, '') === expected.replace(/\/$/, '');
  return failed('import-issuer-differs', { ...facts, slash });
}
