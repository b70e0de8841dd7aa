import {
  type CodedReason,
  codedReasonSchema,
  type Run,
  type RunProgress,
  type RunState,
  type RunStep,
  type RunSummary,
  runCountersSchema,
  runProgressSchema,
} from '@gatehouse/contracts/run';
import { z } from 'zod';
import { toInstant, toInstantOrNull } from '../raw.ts';

export type RunRow = {
  id: number;
  connectorId: number;
  connectorPublicId: string;
  connectorName: string;
  directoryId: number;
  scope: RunSummary['scope'];
  intent: RunSummary['intent'];
  origin: RunSummary['origin']['kind'];
  originRunId: number | null;
  trigger: RunSummary['trigger'];
  startedBy: string;
  state: RunState;
  reason: string | null;
  counters: string | null;
  settingsVersion: number;
  snapshotId: number | null;
  planId: number | null;
  queuedAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  reviewedAt: number | null;
  reviewedBy: string | null;
};

export type RunDetailRow = RunRow & {
  progress: string | null;
  cancelRequestedAt: number | null;
  planPublicId: string | null;
  followedBy: number | null;
};

export type StepRow = { seq: number; at: number; level: RunStep['level']; code: string; facts: string };

const factsSchema = z.record(z.string(), z.unknown());

export function toSummary(row: RunRow): RunSummary {
  return {
    id: row.id,
    connector: { id: row.connectorPublicId, name: row.connectorName },
    scope: row.scope,
    intent: row.intent,
    origin: { kind: row.origin, runId: row.originRunId },
    trigger: row.trigger,
    startedBy: row.startedBy,
    state: row.state,
    reason: row.reason === null ? null : readReason(row.reason),
    counters: row.counters === null ? null : runCountersSchema.parse(JSON.parse(row.counters)),
    queuedAt: toInstant(row.queuedAt),
    startedAt: toInstantOrNull(row.startedAt),
    finishedAt: toInstantOrNull(row.finishedAt),
    reviewed: row.reviewedAt === null ? null : { at: toInstant(row.reviewedAt), by: row.reviewedBy ?? '' },
  };
}

export function toRun(row: RunDetailRow, steps: readonly StepRow[], stepsTotal: number): Run {
  return {
    ...toSummary(row),
    settingsVersion: row.settingsVersion,
    planId: row.planPublicId,
    progress: row.progress === null ? null : readProgress(row.progress),
    steps: steps.map(toStep),
    stepsTotal,
    cancelRequested: row.cancelRequestedAt !== null,
    followedBy: row.followedBy,
  };
}

export function toStep(row: StepRow): RunStep {
  return {
    seq: row.seq,
    at: toInstant(row.at),
    level: row.level,
    code: row.code,
    facts: factsSchema.parse(JSON.parse(row.facts)),
  };
}

export function readProgress(stored: string): RunProgress {
  return runProgressSchema.parse(JSON.parse(stored));
}

function readReason(stored: string): CodedReason {
  return codedReasonSchema.parse(JSON.parse(stored));
}
