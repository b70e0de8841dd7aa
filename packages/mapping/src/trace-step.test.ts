import { expect, it } from 'vitest';
import type { TraceStep } from './trace-step.ts';
import { describeTrace } from './trace-step.ts';

const read = (detail: string, value: string): TraceStep => ({ step: 'read', detail, value });
const combine = (detail: string, value: string): TraceStep => ({ step: 'combine', detail, value });

it.each([
  ['from profile.email', [read('email', 'a@acme.example')]],
  ['profile.email is empty', [read('email', '')]],
  ['combines firstName and lastName', [read('displayName', ''), combine('firstName,lastName', 'Helen M')]],
  ['from profile.login', [read('displayName', ' '), combine('firstName,lastName', ''), read('login', 'h.m')]],
  [
    'profile.displayName, profile.firstName and profile.lastName are empty',
    [read('displayName', ''), combine('firstName,lastName', '')],
  ],
  ['no source', []],
])('describeTrace says %j', (words, trace) => {
  expect(describeTrace(trace)).toBe(words);
});
