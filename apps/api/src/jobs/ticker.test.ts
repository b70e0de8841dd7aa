import { expect, it } from 'vitest';
import { Ticker } from './ticker.ts';

it('works one tick at a time, and goes on after one that failed', async () => {
  const seen: string[] = [];
  let number = 0;
  const ticker = new Ticker({
    expression: '* * * * *',
    async work() {
      number += 1;
      const mine = number;
      seen.push(`begin ${mine}`);
      await Promise.resolve();
      if (mine === 1) throw new Error('the first one');
      seen.push(`end ${mine}`);
    },
    onError: (error) => seen.push(String(error)),
  });

  await Promise.all([ticker.tick(), ticker.tick(), ticker.tick()]);

  expect(seen).toEqual(['begin 1', 'Error: the first one', 'begin 2', 'end 2', 'begin 3', 'end 3']);
});

it('works at its start, and not after its stop', async () => {
  let ticks = 0;
  const ticker = new Ticker({
    expression: '* * * * * *',
    async work() {
      ticks += 1;
    },
    onError: () => undefined,
  });

  ticker.start();
  await ticker.stop();
  const before = ticks;
  await new Promise((resolve) => setTimeout(resolve, 1_200));

  expect([before, ticks]).toEqual([1, 1]);
});
