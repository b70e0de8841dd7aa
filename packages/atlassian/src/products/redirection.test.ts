import { describe, expect, it } from 'vitest';
import { type RedirectIdp, redirectionTarget } from './redirection.ts';

const acme: RedirectIdp = { id: 'acme', name: 'Acme Okta', isEnabled: true, testedAt: 1 };
const vendor: RedirectIdp = { ...acme, id: 'vendor', name: 'Vendor Okta' };
const off: RedirectIdp = { ...acme, id: 'off', isEnabled: false };
const untested: RedirectIdp = { ...acme, id: 'untested', testedAt: null };

describe('redirectionTarget', () => {
  const cases: [
    finished: RedirectIdp[],
    chosen: string | null,
    idp: RedirectIdp | null,
    lock: string | null,
  ][] = [
    [[], null, null, 'no-idp'],
    [[], 'acme', null, 'no-idp'],
    [[acme], null, acme, null],
    [[acme], 'acme', acme, null],
    [[acme, vendor], null, null, 'idp-not-chosen'],
    [[acme, vendor], 'vendor', vendor, null],
    [[acme], 'vendor', null, 'idp-not-chosen'],
    [[off], null, off, 'idp-disabled'],
    [[acme, off], 'off', off, 'idp-disabled'],
    [[untested], null, untested, 'idp-untested'],
    [[acme, untested], 'untested', untested, 'idp-untested'],
    [[acme, off], null, null, 'idp-not-chosen'],
  ];
  it.each(cases)('%o with %j chosen', (finished, chosen, idp, lock) => {
    const idps = {
      find: (id: string) => finished.find((one) => one.id === id) ?? null,
      finished: (limit: number) => finished.slice(0, limit),
    };

    expect(redirectionTarget(chosen, idps)).toEqual({ idp, lock });
  });
});
