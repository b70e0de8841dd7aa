import { describe, expect, it } from 'vitest';
import { refusedTokens } from './fixtures/refused-tokens.ts';
import { useSuiteWorld } from './fixtures/suite-world.ts';
import { withClaim } from './fixtures/token-faults.ts';

const suite = useSuiteWorld();

describe('a refused ID token lets nobody in, asks nothing more and changes nobody', () => {
  it.each(refusedTokens)('%s', async (_module, faults, code, step, expected, seen) => {
    const world = suite().withAda();
    const before = world.people.all();
    Object.assign(suite().upstream.faults, typeof faults === 'function' ? faults(suite()) : faults);

    const { result, tracer } = await world.logIn();

    expect(result).toMatchObject({ ok: false, failure: { code, step }, tracker: tracer.publicId });
    const filled = (text: string) =>
      text.replace('{issuer}', suite().upstream.issuer).replace('{client}', suite().upstream.clientId);
    expect(tracer.failed()).toMatchObject({ code, step, expected: filled(expected), seen: filled(seen) });
    expect(tracer.ends).toEqual([{ outcome: 'failed', code, step }]);
    expect(tracer.at('code-exchanged')?.state).toBe('passed');
    expect(tracer.steps().at(-1)).toBe(step);
    expect(suite().upstream.calls('/userinfo')).toBe(0);
    expect(suite().upstream.calls('/token')).toBe(1);
    expect(world.people.calls).toEqual([]);
    expect(world.people.all()).toEqual(before);
    expect(world.refresher.asked).toEqual([]);
    expect(world.reported).toEqual([]);
  });

  it('says of a wrong issuer that the signature is right, where the keys are known', async () => {
    const world = suite().withAda();
    await world.logIn();
    Object.assign(suite().upstream.faults, withClaim('iss', 'https://acme.okta.com'));

    const { tracer } = await world.logIn();

    expect(tracer.at('id-token-signature')).toMatchObject({ state: 'passed' });
    expect(tracer.at('id-token-signature')?.facts.signature).toMatch(/^verified/);
    expect(tracer.failed()?.code).toBe('id-token-issuer');
  });

  it('says of a wrong issuer under a wrong signature that the signature is wrong', async () => {
    const world = suite().withAda();
    await world.logIn();
    suite().upstream.signer = suite().stranger;
    Object.assign(suite().upstream.faults, withClaim('iss', 'https://evil.example'));

    const { tracer } = await world.logIn();

    expect(tracer.failed()?.code).toBe('id-token-signature');
  });
});
