import type { Idp, IdpSettings } from '@gatehouse/contracts/idp';

/** What a form of an IdP holds. */
export type IdpValues = {
  name: string;
  settings: IdpSettings;
  /** Null: the stored one stays. */
  clientSecret: string | null;
};

export function valuesOf({ name, settings }: Idp): IdpValues {
  return { name, settings, clientSecret: null };
}

/** Fields as forms and server errors name them; settings without their prefix. */
export type IdpField = keyof IdpSettings | 'name' | 'clientSecret';

const labels: Readonly<Record<IdpField, string>> = {
  name: 'Name',
  preset: 'Provider',
  domain: 'Okta domain',
  issuer: 'Issuer',
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  clientAuthentication: 'Client authentication',
  signingAlgorithm: 'Signing algorithm',
  scopes: 'Scopes',
  maximumTokenAgeSeconds: 'Oldest accepted token',
  updateMethod: 'User Update Method',
  connectorId: 'Connector',
  directoryId: 'Directory',
  createUsers: 'Create users',
  matchBy: 'Match people',
};

export function isIdpField(name: string): name is IdpField {
  return name in labels;
}

/** Names of the fields that differ from what is saved. */
export function changedFields(saved: IdpValues, values: IdpValues): IdpField[] {
  const settings = (Object.keys(values.settings) as (keyof IdpSettings)[]).filter(
    (key) => JSON.stringify(values.settings[key]) !== JSON.stringify(saved.settings[key]),
  );
  return [
    ...(values.name.trim() === saved.name ? [] : (['name'] as const)),
    ...settings,
    ...(values.clientSecret?.trim() ? (['clientSecret'] as const) : []),
  ];
}

export function labelOf(field: IdpField): string {
  return labels[field];
}

/** Takes the server's answer in, save where the person went on typing meanwhile. */
export function mergeSaved(saved: IdpValues, sent: IdpValues, now: IdpValues): IdpValues {
  const stillDifferent = new Set(changedFields(sent, now));
  const settings = { ...saved.settings };
  for (const key of Object.keys(settings) as (keyof IdpSettings)[]) {
    if (stillDifferent.has(key)) Object.assign(settings, { [key]: now.settings[key] });
  }
  return {
    name: stillDifferent.has('name') ? now.name : saved.name,
    settings,
    clientSecret: now.clientSecret === sent.clientSecret ? null : now.clientSecret,
  };
}
