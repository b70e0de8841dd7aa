import type { Connector } from '@gatehouse/contracts/connector';
import type { RunCounters, RunSummary } from '@gatehouse/contracts/run';
import { expect, it } from 'vitest';
import { connectorState, runKind } from './connector-state.ts';
import { testConnector } from './test-connector.ts';

const people = { added: 0, modified: 0, cleanedUp: 0, failed: 0 };
const groups = { groupsAdded: 0, groupsModified: 0, groupsCleanedUp: 0, groupsFailed: 0 };
const none = { ...people, ...groups } as RunCounters;
const onlyGroups = { ...none, groupsModified: 2 };

function run(patch: Partial<RunSummary>): RunSummary {
  const origin = { kind: 'source', runId: null };
  return { id: 1, scope: 'full', intent: 'apply', state: 'done', origin, ...patch } as RunSummary;
}

const noToken = { set: false, updatedAt: null, updatedBy: null, usedAt: null };
const warned = { state: 'warning' } as Connector['connectionTest'];

it.each<[string, Partial<Connector>]>([
  ['Connected', {}],
  ['Not tested', { connection: 'untested' }],
  ['Not connected', { connection: 'not-connected', lastRun: run({}) }],
  ['Token missing', { connection: 'not-connected', apiToken: noToken }],
  ['Test has a warning', { connectionTest: warned, lastRun: run({}) }],
  ['Up to date', { lastRun: run({}) }],
  ['Simulated', { lastRun: run({ intent: 'simulate', counters: { ...none, added: 1 } }) }],
  ['Simulated', { lastRun: run({ intent: 'simulate', counters: onlyGroups }) }],
  ['Up to date', { lastRun: run({ intent: 'simulate', counters: none }) }],
  ['Last sync failed', { lastRun: run({ state: 'failed' }) }],
  ['Last simulation interrupted', { lastRun: run({ intent: 'simulate', state: 'interrupted' }) }],
  ['Queued', { activeRun: run({ state: 'queued' }), connection: 'not-connected' }],
  ['Reading Okta', { activeRun: run({ state: 'reading' }), lastRun: run({ state: 'failed' }) }],
  ['1 run held', { heldRun: run({ state: 'held' }), activeRun: run({ state: 'reading' }) }],
])('says %j', (word, patch) => {
  expect(connectorState(testConnector(patch)).word).toBe(word);
});

it.each<[string, Partial<RunSummary>]>([
  ['full sync', {}],
  ['full simulation', { intent: 'simulate' }],
  ['plan of #148', { origin: { kind: 'plan', runId: 148 } }],
])('calls a run %j', (words, patch) => {
  expect(runKind(run(patch))).toBe(words);
});
