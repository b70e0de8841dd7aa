import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceProfile } from './attribute-mapping.ts';
import { mapAttributes } from './attribute-mapping.ts';
import { mappedAttributes } from './attribute-rules.ts';
import { describeTrace } from './trace-step.ts';

const helen: SourceProfile = {
  login: 'h.marchetti@acme.example',
  email: 'helen.marchetti@acme.example',
  firstName: 'Helen',
  lastName: 'Marchetti',
  displayName: 'Helen M.',
};

describe('mapAttributes', () => {
  it('takes each attribute from its place in the profile', () => {
    const result = mapAttributes(helen);

    expect(result).toMatchObject({
      ok: true,
      user: {
        username: 'h.marchetti@acme.example',
        email: 'helen.marchetti@acme.example',
        firstName: 'Helen',
        lastName: 'Marchetti',
        displayName: 'Helen M.',
      },
    });
    expect(result.ok && result.values.map((value) => describeTrace(value.trace))).toEqual([
      'from profile.login',
      'from profile.email',
      'from profile.firstName',
      'from profile.lastName',
      'from profile.displayName',
    ]);
  });

  it('keeps a trace of the steps that led to a value', () => {
    const result = mapAttributes({ ...helen, displayName: null });

    expect(result.ok && result.values.at(-1)).toEqual({
      attribute: 'displayName',
      value: 'Helen Marchetti',
      trace: [
        { step: 'read', detail: 'displayName', value: '' },
        { step: 'combine', detail: 'firstName,lastName', value: 'Helen Marchetti' },
      ],
    });
  });

  it.each([
    // change of the profile, full name, the rule that made it
    [{ displayName: undefined }, 'Helen Marchetti', 'combines firstName and lastName'],
    [{ displayName: '  ' }, 'Helen Marchetti', 'combines firstName and lastName'],
    [{ displayName: null, lastName: null }, 'Helen', 'combines firstName and lastName'],
    [{ displayName: null, firstName: '' }, 'Marchetti', 'combines firstName and lastName'],
    [{ displayName: '', firstName: null, lastName: '' }, 'h.marchetti@acme.example', 'from profile.login'],
    [{ displayName: '<b>Bold</b>' }, '<b>Bold</b>', 'from profile.displayName'],
    [{ displayName: ' Two  Spaces' }, ' Two  Spaces', 'from profile.displayName'],
    [{ displayName: 'Null' }, 'Null', 'from profile.displayName'],
    [{ displayName: 42 }, '42', 'from profile.displayName'],
    [{ displayName: false }, 'false', 'from profile.displayName'],
    [{ displayName: 'x'.repeat(255) }, 'x'.repeat(255), 'from profile.displayName'],
  ])('with %j names the person %j', (change, displayName, words) => {
    const result = mapAttributes({ ...helen, ...change });

    expect(result.ok && result.user.displayName).toBe(displayName);
    expect(result.ok && describeTrace(result.values.at(-1)?.trace ?? [])).toBe(words);
  });

  it('leaves absent values empty', () => {
    const result = mapAttributes({ login: 'svc-backup' });

    expect(result.ok && result.user).toEqual({
      username: 'svc-backup',
      email: '',
      firstName: '',
      lastName: '',
      displayName: 'svc-backup',
    });
  });

  it.each([
    // change of the profile, code, attribute
    [{ login: undefined }, 'username-missing', 'username'],
    [{ login: null }, 'username-missing', 'username'],
    [{ login: ' \t ' }, 'username-missing', 'username'],
    [{ login: ['a', 'b'] }, 'attribute-not-text', 'username'],
    [{ login: { name: 'a' } }, 'attribute-not-text', 'username'],
    [{ login: 'x'.repeat(256) }, 'attribute-too-long', 'username'],
    [{ login: 'a\nb' }, 'attribute-control-character', 'username'],
    [{ login: 'a\u0000' }, 'attribute-control-character', 'username'],
    [{ login: 'a\u0085b' }, 'attribute-control-character', 'username'],
    [{ login: 'a\ud800b' }, 'attribute-broken-text', 'username'],
    [{ email: ['a@acme.example'] }, 'attribute-not-text', 'email'],
    [{ email: `${'x'.repeat(250)}@a.example` }, 'attribute-too-long', 'email'],
    [{ firstName: 'é'.repeat(256) }, 'attribute-too-long', 'firstName'],
    [{ lastName: 'a\u0000b' }, 'attribute-control-character', 'lastName'],
    [{ lastName: '\udc00' }, 'attribute-broken-text', 'lastName'],
    [
      { displayName: null, firstName: 'x'.repeat(200), lastName: 'y'.repeat(200) },
      'attribute-too-long',
      'displayName',
    ],
  ])('fails on %j', (change, code, attribute) => {
    const result = mapAttributes({ ...helen, ...change });

    expect(result).toMatchObject({ ok: false, failure: { code, attribute } });
    expect(!result.ok && result.failure.detail).toMatch(/^[A-Zp].{20,120}\.$/);
  });

  it('does not read what a profile inherits', () => {
    const result = mapAttributes(Object.create({ login: 'inherited' }));

    expect(result).toMatchObject({ ok: false, failure: { code: 'username-missing' } });
  });

  it('answers for every profile: five storable strings, or one failure', () => {
    const names = ['login', 'email', 'firstName', 'lastName', 'displayName'];
    const profile = fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constant(null),
        fc.integer(),
        fc.array(fc.string()),
      ),
    );
    fc.assert(
      fc.property(profile, (input) => {
        const result = mapAttributes(input);
        if (!result.ok) return;

        expect(Object.keys(result.user)).toEqual([...mappedAttributes]);
        expect(result.values.map((value) => value.value)).toEqual(Object.values(result.user));
        expect(result.user.username.length).toBeGreaterThan(0);
        expect(Object.values(result.user).every((value) => value.length <= 255)).toBe(true);
      }),
    );
  });
});
