import { publicIdSchema } from '@gatehouse/contracts/primitives';
import { expect, it } from 'vitest';
import { randomPublicId, randomPublicIds } from './random-id.ts';

it('makes ids of their own', () => {
  const ids = Array.from({ length: 100 }, randomPublicId);

  expect(new Set(ids.map((id) => id.slice(0, 8))).size).toBe(100);
  for (const id of ids) expect(publicIdSchema.safeParse(id).success).toBe(true);
});

it('makes ids that lie side by side and still differ', () => {
  const ids = [...randomPublicIds().take(1_000)];
  const others = [...randomPublicIds().take(1)];

  expect(new Set(ids).size).toBe(1_000);
  expect(new Set(ids.map((id) => id.slice(0, 8))).size).toBe(1);
  expect(others[0]?.slice(0, 8)).not.toBe(ids[0]?.slice(0, 8));
  for (const id of ids) expect(publicIdSchema.safeParse(id).success).toBe(true);
});
