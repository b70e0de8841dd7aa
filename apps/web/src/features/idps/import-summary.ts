import type { MetadataImport, ProviderMetadata } from '@gatehouse/contracts/idp';
import { formatNoun } from '../../lib/format.ts';

/** "7 passed, 1 failed, 1 running". */
export function summaryOfImport({ checks }: MetadataImport): string {
  const count = (wanted: string) => checks.filter(({ state }) => state === wanted).length;
  const parts = [
    [count('passed'), 'passed'],
    [count('warning'), count('warning') === 1 ? 'warning' : 'warnings'],
    [count('failed'), 'failed'],
    [count('running'), 'running'],
    [count('waiting'), 'to come'],
    [count('skipped'), 'skipped'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}

/** What was imported, in one sentence. */
export function importedWords(metadata: ProviderMetadata): string {
  const { issuer, userinfoEndpoint, endSessionEndpoint, idTokenSigningAlgorithms, scopesSupported } =
    metadata;
  const endpoints = [
    'authorization',
    'token',
    ...(userinfoEndpoint === null ? [] : ['userinfo']),
    'keys',
    ...(endSessionEndpoint === null ? [] : ['logout']),
  ];
  return `Issuer ${issuer}, ${formatNoun(endpoints.length, 'endpoint')} (${endpoints.join(', ')}), signatures ${idTokenSigningAlgorithms.join(', ') || 'not named'}, ${formatNoun(scopesSupported.length, 'scope')}.`;
}
