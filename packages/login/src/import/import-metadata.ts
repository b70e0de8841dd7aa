import type { ImportCheck, ProviderMetadata } from '@gatehouse/contracts/idp';
import { tryCallback } from './callback-step.ts';
import { ImportCheckList } from './check-list.ts';
import { trySecret } from './client-steps.ts';
import type { Facts, Found, ImportOptions, Step } from './import-context.ts';
import { compareClocks, judgeCodeFlow, judgeEndpoints, judgeScopes } from './metadata-steps.ts';
import { toProviderMetadata } from './provider-document.ts';
import { expectIssuer, findMetadata, judgeConnection, resolveName, understandDomain } from './reach-steps.ts';
import { hideInFinding } from './shown-answer.ts';
import { judgeKeys } from './signing-keys.ts';

export type ImportResult = {
  readonly checks: readonly ImportCheck[];
  readonly outcome: 'passed' | 'warning' | 'failed';
  /** Null when a check failed: nothing of a doubtful document is kept. */
  readonly metadata: ProviderMetadata | null;
};

/** In their order. Nothing secret is sent before issuer and endpoints are known to belong together. */
const steps: readonly Step[] = [
  { code: 'domain-understood', needs: [], work: understandDomain },
  { code: 'name-resolves', needs: ['domain-understood'], work: resolveName },
  { code: 'connection', needs: ['name-resolves'], work: judgeConnection },
  { code: 'metadata-found', needs: ['connection'], work: findMetadata },
  { code: 'issuer-expected', needs: ['metadata-found'], work: expectIssuer },
  { code: 'endpoints-belong', needs: ['metadata-found'], work: judgeEndpoints },
  { code: 'code-flow', needs: ['metadata-found'], work: judgeCodeFlow },
  { code: 'scopes', needs: ['metadata-found'], work: judgeScopes },
  { code: 'keys-usable', needs: ['issuer-expected', 'endpoints-belong'], work: judgeKeys },
  { code: 'clock-agrees', needs: ['metadata-found'], work: compareClocks },
  { code: 'secret-accepted', needs: ['issuer-expected', 'endpoints-belong'], work: trySecret },
  { code: 'callback-registered', needs: ['issuer-expected', 'endpoints-belong'], work: tryCallback },
];

/**
 * Goes through the checklist of *Import Metadata*. `onChange` hears of each check when it starts and when it is over.
 * What depends on a failed check is skipped, everything else goes on. The provider's troubles are results.
 * @throws OutboundError `aborted` when the signal fires
 */
export async function importMetadata(
  options: ImportOptions,
  onChange: (checks: readonly ImportCheck[]) => void,
): Promise<ImportResult> {
  const found: Found = {
    issuer: '',
    greeting: null,
    metadataAnswer: null,
    document: null,
    clientUnknown: false,
    sent: [],
  };
  const list = new ImportCheckList(onChange);
  for (const { code, needs, work } of steps) {
    if (!needs.every((needed) => list.isUsable(needed))) {
      list.skip(code);
      continue;
    }
    list.start(code);
    const startedAt = performance.now();
    const finding = hideInFinding(await work(options, found), { redact: options.redact, sent: found.sent });
    const tookMs = performance.now() - startedAt;
    list.finish(code, finding, { facts: commonFacts(options, found), tookMs });
  }
  const { checks, outcome } = list;
  const isGood = outcome !== 'failed' && found.document !== null;
  const metadata =
    isGood && found.document !== null ? toProviderMetadata(found.document, options.now()) : null;
  return { checks, outcome, metadata };
}

/** What every sentence may name. */
function commonFacts({ settings }: ImportOptions, { issuer }: Found): Facts {
  const url = URL.parse(issuer);
  return {
    preset: settings.preset,
    addressField: settings.preset === 'okta' && settings.issuer === null ? 'domain' : 'issuer',
    ...(url === null ? {} : { host: url.host }),
  };
}
