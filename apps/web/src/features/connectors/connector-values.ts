import type { Connector } from '@gatehouse/contracts/connector';
import type { EndpointSentBody } from '@gatehouse/contracts/endpoint';
import type { endpoints } from '@gatehouse/contracts/endpoints';
import { formatOktaDomain, parseOktaDomain } from '@gatehouse/contracts/okta-domain';
import type { Schedule } from '@gatehouse/contracts/schedule';

/** What the form of a connector holds, over all its tabs. */
export type ConnectorValues = {
  name: string;
  domain: string;
  /** Null: the stored token stays. Typed text lives in memory only. */
  apiToken: string | null;
  scheduleEnabled: boolean;
  schedule: Schedule | null;
};

export type ConnectorField = keyof ConnectorValues;

const FIELDS: readonly { field: ConnectorField; label: string }[] = [
  { field: 'name', label: 'Name' },
  { field: 'domain', label: 'Okta domain' },
  { field: 'apiToken', label: 'API token' },
  { field: 'scheduleEnabled', label: 'Enable Scheduled Synchronization' },
  { field: 'schedule', label: 'Interval' },
];

export function valuesOf(connector: Pick<Connector, 'name' | 'settings'>): ConnectorValues {
  const { domain, schedule } = connector.settings;
  return {
    name: connector.name,
    domain,
    apiToken: null,
    scheduleEnabled: schedule.enabled,
    schedule: schedule.value,
  };
}

/** The fields in which two forms differ, in the order of the screens. */
export function changedFields(before: ConnectorValues, after: ConnectorValues): ConnectorField[] {
  return FIELDS.map(({ field }) => field).filter(
    (field) => comparable(field, before) !== comparable(field, after),
  );
}

/** The same, as the screens call them: "Name", "Interval". */
export function changedNames(before: ConnectorValues, after: ConnectorValues): string[] {
  return changedFields(before, after).map(labelOf);
}

export function labelOf(field: ConnectorField): string {
  return FIELDS.find((one) => one.field === field)?.label ?? field;
}

/** What would be stored: spaces around a value, or another spelling of the same domain, are no change. */
function comparable(field: ConnectorField, values: ConnectorValues): string {
  switch (field) {
    case 'name':
      return values.name.trim();
    case 'domain':
      return cleanDomain(values.domain);
    case 'apiToken':
      return values.apiToken?.trim() ?? '';
    case 'scheduleEnabled':
      return String(values.scheduleEnabled);
    case 'schedule':
      return values.schedule === null ? '' : Object.values(scheduleParts(values.schedule)).join('\n');
  }
}

function scheduleParts({ expression, dialect, timeZone }: Schedule) {
  return { expression: expression.trim().replace(/\s+/g, ' '), dialect, timeZone };
}

/** The domain as it would be stored; what cannot be read stays as typed. */
export function cleanDomain(typed: string): string {
  const parsed = parseOktaDomain(typed);
  return parsed.ok ? formatOktaDomain(parsed) : typed.trim();
}

/** The stored token belongs to another host and would be removed by a save without a new one. */
export function losesToken(saved: ConnectorValues, values: ConnectorValues, tokenSet: boolean): boolean {
  return tokenSet && cleanDomain(saved.domain) !== cleanDomain(values.domain) && !values.apiToken?.trim();
}

type ChangeBody = Omit<
  EndpointSentBody<typeof endpoints.changeConnector>,
  'expectedVersion' | 'expectedName'
>;

/** The body that saves these values. */
export function bodyOf(values: ConnectorValues): ChangeBody {
  const apiToken = values.apiToken?.trim();
  return {
    name: values.name,
    settings: {
      domain: values.domain,
      schedule: { enabled: values.scheduleEnabled, value: values.schedule },
    },
    ...(apiToken ? { apiToken } : {}),
  };
}

/** `current`, with the fields of `changed` taken from `source`. */
export function takeFields(
  current: ConnectorValues,
  source: ConnectorValues,
  changed: readonly ConnectorField[],
): ConnectorValues {
  return { ...current, ...Object.fromEntries(changed.map((field) => [field, source[field]])) };
}
