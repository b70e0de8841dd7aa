import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appChangesSchema, appInputSchema } from './apps/app-rules.ts';
import { keyRotationSchema } from './control/app-routes.ts';
import * as schemas from './control/control-schemas.ts';
import { FAULT_KINDS, faultInputSchema } from './faults/fault-input.ts';
import { LOGIN_FAULT_KINDS, loginFaultInputSchema } from './login-faults/login-fault-input.ts';

const README = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
const bodies = [...README.matchAll(/curl (?:-X \w+ )?\$R\/(\S+) -H "\$J" -d '([^']+)'/g)].map(
  ([, door = '', body = '']) => ({ door, body }),
);

const SCHEMA_OF_DOOR: Readonly<Record<string, { safeParse: (value: unknown) => { success: boolean } }>> = {
  faults: faultInputSchema,
  'login-faults': loginFaultInputSchema,
  apps: appInputSchema,
  'apps/<id>': appChangesSchema,
  keys: keyRotationSchema,
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

  it('shows every login fault', () => {
    const shown = bodies
      .filter(({ door }) => door === 'login-faults')
      .map(({ body }) => JSON.parse(body).kind as string);

    expect(shown.sort()).toEqual([...LOGIN_FAULT_KINDS].sort());
  });
});
