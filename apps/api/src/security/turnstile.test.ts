import { expect, test } from 'vitest';
import { createTurnstile } from './turnstile.ts';

test('runs so many at once, in order, and turns away what cannot wait', async () => {
  const pass = createTurnstile({ atOnce: 2, waiting: 2 });
  const started: number[] = [];
  const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const calls = gates.map((gate, index) =>
    pass(async () => {
      started.push(index);
      await gate.promise;
      return index;
    }),
  );

  await expect(pass(async () => 9)).rejects.toMatchObject({ name: 'TurnstileFullError' });
  expect(started).toEqual([0, 1]);
  gates[1]?.resolve();
  await calls[1];
  await Promise.resolve();
  expect(started).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  expect(await Promise.all(calls)).toEqual([0, 1, 2, 3]);
  expect(await pass(async () => 5)).toBe(5);
});

test('work that fails frees its place', async () => {
  const pass = createTurnstile({ atOnce: 1, waiting: 1 });

  await expect(pass(async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');

  expect(await pass(async () => 'next')).toBe('next');
});
