import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as schemas from './control/control-schemas.ts';
import { FAULT_KINDS, faultInputSchema } from './faults/fault-input.ts';

const README = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
const bodies = [...README.matchAll(/curl (?:-X \w+ )?\$R\/(\S+) -H "\$J" -d '([^']+)'/g)].map(
  ([, door = '', body = '']) => ({ door, body }),
);

const SCHEMA_OF_DOOR: Readonly<Record<string, { safeParse: (value: unknown) => { success: boolean } }>> = {
  faults: faultInputSchema,
  tokens: schemas.tokenInputSchema,
  people: schemas.personInputSchema,
  'people/ann@rehearsal.example': schemas.profileChangesSchema,
  groups: schemas.groupInputSchema,
  'groups/<id>/members': schemas.memberChangesSchema,
  mutate: schemas.mutationSchema,
  org: schemas.recipeSchema,
};

describe('the README', () => {
  it.each(bodies)('sends $door what it takes: $body', ({ door, body }) => {
    expect(SCHEMA_OF_DOOR[door]?.safeParse(JSON.parse(body)).success).toBe(true);
  });

  it('shows every fault', () => {
    const shown = bodies
      .filter(({ door }) => door === 'faults')
      .map(({ body }) => JSON.parse(body).kind as string);

    expect([...new Set(shown)].sort()).toEqual([...FAULT_KINDS].sort());
  });
});
