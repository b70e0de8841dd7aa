import { expect, it } from 'vitest';
import { returnPathSchema } from './return-path.ts';

it.each([
  ['/', true],
  ['/runs/7/review?category=added&search=%2F%2Fx#top', true],
  ['/directory/users?search=a//b', true],
  ['', false],
  ['runs', false],
  ['https://evil.example/', false],
  ['javascript:alert(1)', false],
  ['//evil.example', false],
  ['/\\evil.example', false],
  ['/\t/evil.example', false],
  ['/\n\\evil.example', false],
  ['\t//evil.example', false],
  [`/${'a'.repeat(2000)}`, false],
])('a sign-in leads back to %j: %s', (path, isOurs) => {
  expect(returnPathSchema.safeParse(path).success).toBe(isOurs);
});
