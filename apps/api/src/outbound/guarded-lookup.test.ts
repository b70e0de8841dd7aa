import type { LookupOptions } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { addressProblem } from './address-rules.ts';
import { createGuardedLookup, type ResolvedAddress } from './guarded-lookup.ts';

function ask(lookup: ReturnType<typeof createGuardedLookup>, options: LookupOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    lookup('org.example.com', options, (error, address) => (error ? reject(error) : resolve(address)));
  });
}

const publicFour: ResolvedAddress = { address: '1.1.1.1', family: 4 };
const publicSix: ResolvedAddress = { address: '2606:4700:4700::1111', family: 6 };

describe('createGuardedLookup', () => {
  test.each<[string, LookupOptions, unknown]>([
    ['all', { all: true }, [publicSix, publicFour]],
    ['one', {}, '2606:4700:4700::1111'],
    ['IPv4 only', { family: 4 }, '1.1.1.1'],
  ])('answers %s', async (_name, options, expected) => {
    const lookup = createGuardedLookup(async () => [publicSix, publicFour], addressProblem);

    await expect(ask(lookup, options)).resolves.toEqual(expected);
  });

  test.each([['169.254.169.254'], ['10.0.0.1'], ['::ffff:127.0.0.1']])(
    'one address %s among public ones refuses the name',
    async (address) => {
      const lookup = createGuardedLookup(async () => [publicFour, { address, family: 4 }], addressProblem);

      await expect(ask(lookup, { all: true })).rejects.toMatchObject({ name: 'BlockedAddressError' });
    },
  );

  test('judges every answer anew, so a name that changes its mind is refused', async () => {
    const answers = ['1.1.1.1', '127.0.0.1'];
    const lookup = createGuardedLookup(
      async () => [{ address: answers.shift() ?? '', family: 4 }],
      addressProblem,
    );

    await expect(ask(lookup, {})).resolves.toBe('1.1.1.1');
    await expect(ask(lookup, {})).rejects.toMatchObject({ name: 'BlockedAddressError' });
  });

  test('a name without an address of the wanted family is not found', async () => {
    const lookup = createGuardedLookup(async () => [publicSix], addressProblem);

    await expect(ask(lookup, { family: 4 })).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});
