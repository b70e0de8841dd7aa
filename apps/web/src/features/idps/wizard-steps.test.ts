import { defaultIdpSettings, type Idp } from '@gatehouse/contracts/idp';
import { describe, expect, it } from 'vitest';
import { firstUnfinished, isWizardStep, missingOf, neighbours, stepOf } from './wizard-steps.ts';

const done = {
  name: 'Acme',
  settings: { ...defaultIdpSettings, clientId: '0oa1' },
  metadata: { issuer: 'https://acme.okta.com' },
  clientSecret: { set: true },
  connector: null,
  directory: { id: 'd1', name: 'Workforce' },
  testedAt: null,
  wizard: null,
} as Idp;

describe('what is missing', () => {
  it.each<[string, Idp, string | null]>([
    ['nothing', done, null],
    ['a name', { ...done, name: '' }, 'provider'],
    ['the client id', { ...done, settings: { ...done.settings, clientId: '' } }, 'credentials'],
    ['the secret', { ...done, clientSecret: { ...done.clientSecret, set: false } }, 'credentials'],
    ['the metadata', { ...done, metadata: null }, 'credentials'],
    ['the connector', { ...done, settings: { ...done.settings, updateMethod: 'usersync' } }, 'users'],
    ['the directory, where there are several', { ...done, directory: null }, 'users'],
  ])('%s', (_name, idp, step) => {
    expect(firstUnfinished(idp)?.step ?? null).toBe(step);
  });

  it('a test is not needed to close, and is said to be missing', () => {
    expect(missingOf('test', done)).toBe('No test login has passed yet.');
  });
});

it('goes on where the draft was left, and begins at the beginning', () => {
  expect(stepOf(done)).toBe('provider');
  expect(stepOf({ wizard: { step: 'users', ticks: [] } })).toBe('users');
});

it('knows the steps and their neighbours', () => {
  expect(isWizardStep('credentials')).toBe(true);
  expect(isWizardStep('__proto__')).toBe(false);
  expect(neighbours('provider')).toEqual({ back: null, next: 'register' });
  expect(neighbours('test')).toEqual({ back: 'users', next: null });
});
