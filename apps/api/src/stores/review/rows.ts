import {
  type ChangeRow,
  type Facet,
  facetSchema,
  guardVerdictSchema,
  type Plan,
  planSchema,
} from '@gatehouse/contracts/plan';
import { codedReasonSchema } from '@gatehouse/contracts/run';
import { z } from 'zod';
import { toInstant } from '../raw.ts';

export type PlanRow = {
  id: number;
  publicId: string;
  runId: number;
  connectorId: number;
  snapshotId: number | null;
  settingsVersion: number;
  digest: string;
  totals: string;
  verdict: string;
  suppressed: string;
  state: Plan['state'];
  rows: number;
  groupRows: number;
  createdAt: number;
  headVersion: number;
};

export type StoredChangeRow = {
  seq: number;
  subject: ChangeRow['subject'];
  operation: NonNullable<ChangeRow['operation']>;
  category: Exclude<ChangeRow['category'], 'not-modified'>;
  externalId: string;
  subjectId: number | null;
  name: string;
  username: string;
  email: string;
  changed: string;
  groupsGained: number;
  groupsLost: number;
  reasonCode: string;
  state: ChangeRow['state'];
  drift: string | null;
};

export type StoredDetailRow = StoredChangeRow & {
  before: string | null;
  after: string | null;
  gained: string;
  lost: string;
  reason: string;
  source: string | null;
};

export type UnmodifiedRow = {
  externalId: string;
  name: string | null;
  username: string | null;
  email: string | null;
};

const totalsSchema = planSchema.shape.totals;
const suppressedSchema = z.array(codedReasonSchema);

export function toPlan(row: PlanRow, facets: readonly Facet[], applicable: Plan['applicable']): Plan {
  return {
    id: row.publicId,
    runId: row.runId,
    createdAt: toInstant(row.createdAt),
    settingsVersion: row.settingsVersion,
    digest: row.digest,
    state: row.state,
    totals: totalsSchema.parse(JSON.parse(row.totals)),
    verdict: readVerdict(row.verdict),
    suppressed: suppressedSchema.parse(JSON.parse(row.suppressed)),
    facets: facets.map((facet) => facetSchema.parse(facet)),
    applicable,
  };
}

export function readVerdict(stored: string): Plan['verdict'] {
  return guardVerdictSchema.parse(JSON.parse(stored));
}

export function toChangeRow(row: StoredChangeRow): ChangeRow {
  return {
    key: `c${row.seq}`,
    subject: row.subject,
    category: row.category,
    operation: row.operation,
    state: row.state,
    externalId: row.externalId,
    name: row.name,
    username: row.username,
    email: row.email,
    changed: row.changed === '' ? [] : row.changed.split(','),
    groupsGained: row.groupsGained,
    groupsLost: row.groupsLost,
    reasonCode: row.reasonCode,
  };
}

export function toUnmodifiedRow(row: UnmodifiedRow, subject: ChangeRow['subject']): ChangeRow {
  return {
    key: `${subject === 'user' ? 'u' : 'g'}${row.externalId}`,
    subject,
    category: 'not-modified',
    operation: null,
    state: 'none',
    externalId: row.externalId,
    name: row.name ?? row.externalId,
    username: row.username ?? '',
    email: row.email ?? '',
    changed: [],
    groupsGained: 0,
    groupsLost: 0,
    reasonCode: null,
  };
}
