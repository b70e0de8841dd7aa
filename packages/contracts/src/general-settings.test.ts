import { describe, expect, it } from 'vitest';
import { defaultGeneralSettings, generalSettingsSchema } from './general-settings.ts';

describe('the address of the support team', () => {
  it.each<[string, boolean]>([
    ['', true],
    ['help@acme.example', true],
    ['help+sso@acme.example', true],
    ['https://help.acme.example/new?from=login', true],
    ['mailto:help@acme.example', false],
    ['help@acme.example?bcc=x@evil.example', false],
    ['help%0d@acme.example', false],
    ['javascript:alert(1)', false],
    ['http://help.acme.example', false],
    ['https://ann:secret@help.acme.example/', false],
    ['https://', false],
  ])('%s: %s', (supportAddress, isTaken) => {
    const { success } = generalSettingsSchema.safeParse({ ...defaultGeneralSettings, supportAddress });
    expect(success).toBe(isTaken);
  });
});
