import type { IdpSettings, WizardStep } from '@gatehouse/contracts/idp';
import { usesConnector } from '@gatehouse/login/idp-settings';
import { issuerOf, type OriginOf } from '@gatehouse/login/issuer-of';
import type { IdpRecord } from './rows.ts';

export type MissingPart = {
  readonly part:
    | 'name'
    | 'domain'
    | 'issuer'
    | 'clientId'
    | 'clientSecret'
    | 'metadata'
    | 'connector'
    | 'directory';
  /** As the wizard calls it. */
  readonly label: string;
  /** Step of the wizard where it is given. */
  readonly step: WizardStep;
};

/** Where the settings lead, or null while that is not known. */
export function issuerOfRecord(record: Pick<IdpRecord, 'settings'>, originOf: OriginOf): string | null {
  const reading = issuerOf(record.settings, originOf);
  return reading.ok ? reading.issuer : null;
}

/** Whether people log in at another address than the connector reads: that may be another org, or its custom domain. */
export function hasOtherDomain(
  settings: IdpSettings,
  { connectorDomain, originOf }: { readonly connectorDomain: string; readonly originOf: OriginOf },
): boolean {
  if (settings.preset !== 'okta' || !usesConnector(settings.updateMethod)) return false;
  const reading = issuerOf(settings, originOf);
  return reading.ok && new URL(reading.issuer).origin !== originOf(connectorDomain);
}

/** What logins still need, in the order of the wizard; the name only people need. */
export function missingParts(
  record: IdpRecord,
  { hasSecret, originOf }: { readonly hasSecret: boolean; readonly originOf: OriginOf },
): readonly MissingPart[] {
  const { settings, metadata } = record;
  const issuer = issuerOfRecord(record, originOf);
  const isOkta = settings.preset === 'okta';
  const missing: MissingPart[] = [];
  if (record.name === '') missing.push({ part: 'name', label: 'Name', step: 'provider' });
  if (settings.clientId === '') missing.push({ part: 'clientId', label: 'Client ID', step: 'credentials' });
  if (!hasSecret) missing.push({ part: 'clientSecret', label: 'Client secret', step: 'credentials' });
  if (issuer === null) {
    const part = isOkta ? 'domain' : 'issuer';
    missing.push({ part, label: isOkta ? 'Okta domain' : 'Issuer URL', step: 'credentials' });
  } else if (metadata?.issuer !== issuer) {
    missing.push({ part: 'metadata', label: 'Imported metadata', step: 'credentials' });
  }
  if (usesConnector(settings.updateMethod) && record.connector === null) {
    missing.push({ part: 'connector', label: 'Connector', step: 'users' });
  } else if (record.directory === null) {
    missing.push({ part: 'directory', label: 'Directory', step: 'users' });
  }
  return missing;
}
