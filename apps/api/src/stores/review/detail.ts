import type { ChangeDetail } from '@gatehouse/contracts/plan';
import { codedReasonSchema } from '@gatehouse/contracts/run';
import { reasonWords } from '@gatehouse/contracts/run-words';
import { userAttributeLabels, userAttributeNames } from '@gatehouse/directory/directory-person';
import { z } from 'zod';
import type { SqlReader } from '../sql-reader.ts';
import * as sql from './queries.ts';
import { type PlanRow, type StoredDetailRow, toChangeRow, toUnmodifiedRow } from './rows.ts';

type Attributes = Readonly<Record<string, string | boolean>>;

const attributesSchema = z.record(z.string(), z.union([z.string(), z.boolean()]));
const sourceSchema = z.object({
  status: z.string().nullable(),
  updatedAt: z.string().nullable(),
  rules: z.record(z.string(), z.string()),
});
/** The few fields of a stored source record that the details show. */
const recordSchema = z.object({ status: z.string().optional(), updatedAt: z.string().nullish() });
const ordinalsSchema = z.array(z.number());

type DirectoryUserRow = Record<'publicId' | (typeof userAttributeNames)[number], string> & {
  id: number;
  active: number;
};
type DirectoryGroupRow = { id: number; publicId: string; name: string; description: string };

/** A change of a plan with everything that the details pane shows; null when there is no such row. */
export function readChange(reader: SqlReader, plan: PlanRow, seq: number): ChangeDetail | null {
  const row = reader.get<StoredDetailRow>(sql.selectRow, plan.id, seq);
  if (row === undefined) return null;
  const reason = codedReasonSchema.parse(JSON.parse(row.reason));
  const source = row.source === null ? null : sourceSchema.parse(JSON.parse(row.source));
  const there = findInDirectory(reader, plan, row);
  return {
    ...toChangeRow(row),
    reason,
    explanation: explain(row, reasonWords(reason)),
    matchedBy: matchWords(row.subject, row.subjectId !== null || there !== null, row.externalId),
    sourceStatus: source?.status ?? null,
    sourceUpdatedAt: source?.updatedAt ?? null,
    attributes: compare(row, {
      before: parse(row.before),
      after: parse(row.after),
      rules: source?.rules ?? {},
    }),
    ...groupsOf(reader, plan, row, there?.id ?? row.subjectId),
    directoryId: there?.publicId ?? null,
  };
}

/** Somebody (or a group) of whom the plan says nothing: found in the source as the directory has it. */
export function readUnmodified(
  reader: SqlReader,
  plan: PlanRow,
  { subject, id }: { subject: 'user' | 'group'; id: string },
): ChangeDetail | null {
  if (plan.snapshotId === null) return null;
  const text = subject === 'user' ? sql.selectSnapshotUser : sql.selectSnapshotGroup;
  const [stored] = reader.column<string>(text, plan.snapshotId, id);
  if (stored === undefined) return null;
  const record = recordSchema.parse(JSON.parse(stored));
  const there = findInDirectory(reader, plan, { subject, externalId: id });
  const values = there?.values ?? {};
  const label = {
    externalId: id,
    name: String(values.displayName ?? values.name ?? id),
    username: String(values.username ?? ''),
    email: String(values.email ?? ''),
  };
  return {
    ...toUnmodifiedRow(label, subject),
    reason: null,
    explanation: 'Nothing differs between Okta and the directory.',
    matchedBy: matchWords(subject, there !== null, id),
    sourceStatus: record.status ?? null,
    sourceUpdatedAt: record.updatedAt ?? null,
    attributes: compare({ subject }, { before: values, after: values, rules: {} }),
    ...keptGroups(reader, plan, there?.id ?? null, '[]'),
    directoryId: there?.publicId ?? null,
  };
}

function explain(row: StoredDetailRow, words: string): string {
  if (row.state !== 'drifted') return words;
  const drifted: Record<string, string> = {
    changed: 'It changed in the directory after the plan was made, so this row was left out.',
    gone: 'It was removed from the directory after the plan was made, so this row was left out.',
    exists: 'It was created after the plan was made, so this row was left out.',
    'name-held': 'The name was taken after the plan was made, so this row was left out.',
  };
  return `${words} ${drifted[row.drift ?? 'changed'] ?? ''}`.trim();
}

function matchWords(subject: 'user' | 'group', isThere: boolean, externalId: string): string {
  const noun = subject === 'user' ? 'user' : 'group';
  return isThere
    ? `Found by Okta id ${externalId}, so this is the same ${noun} as before.`
    : `No ${noun} of this connector has the Okta id ${externalId}.`;
}

function findInDirectory(
  reader: SqlReader,
  plan: PlanRow,
  { subject, externalId }: { subject: 'user' | 'group'; externalId: string },
): { id: number; publicId: string; values: Attributes } | null {
  if (subject === 'group') {
    const group = reader.get<DirectoryGroupRow>(sql.selectDirectoryGroup, plan.connectorId, externalId);
    if (group === undefined) return null;
    const { id, publicId, name, description } = group;
    return { id, publicId, values: { name, description } };
  }
  const user = reader.get<DirectoryUserRow>(sql.selectDirectoryUser, plan.connectorId, externalId);
  if (user === undefined) return null;
  const values = Object.fromEntries(userAttributeNames.map((name) => [name, user[name]]));
  return { id: user.id, publicId: user.publicId, values: { ...values, active: user.active === 1 } };
}

function parse(stored: string | null): Attributes | null {
  return stored === null ? null : attributesSchema.parse(JSON.parse(stored));
}

function compare(
  { subject }: { subject: 'user' | 'group' },
  values: { before: Attributes | null; after: Attributes | null; rules: Readonly<Record<string, string>> },
): ChangeDetail['attributes'] {
  const labels: Readonly<Record<string, string>> =
    subject === 'user' ? userAttributeLabels : { name: 'name', description: 'description' };
  const names = subject === 'user' ? [...userAttributeNames, 'active'] : ['name', 'description'];
  return names.map((attribute) => {
    const before = textOf(values.before?.[attribute]);
    const after = textOf(values.after?.[attribute]);
    return {
      attribute,
      label: labels[attribute] ?? attribute,
      before,
      after,
      changed: values.after !== null && before !== after,
      rule: values.rules[attribute] ?? null,
    };
  });
}

function textOf(value: string | boolean | undefined): string | null {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'active' : 'disabled';
  return value;
}

function groupsOf(reader: SqlReader, plan: PlanRow, row: StoredDetailRow, userId: number | null) {
  if (row.subject === 'group') return { groups: [], groupsKept: 0 };
  const gained = namesOf(reader, plan, row.gained).map((name) => ({
    name,
    change: 'gained' as const,
    reason: 'Member in Okta',
  }));
  const lost = namesOf(reader, plan, row.lost).map((name) => ({
    name,
    change: 'lost' as const,
    reason: 'Not a member in Okta any more',
  }));
  const touched = JSON.stringify([...ordinalsOf(row.gained), ...ordinalsOf(row.lost)]);
  const kept = keptGroups(reader, plan, userId, touched);
  return { groups: [...gained, ...lost, ...kept.groups], groupsKept: kept.groupsKept };
}

function keptGroups(reader: SqlReader, plan: PlanRow, userId: number | null, touched: string) {
  if (userId === null) return { groups: [], groupsKept: 0 };
  const values = [userId, plan.connectorId, touched, plan.id] as const;
  const groupsKept = reader.get<{ total: number }>(sql.countKeptGroups, ...values)?.total ?? 0;
  const groups = reader
    .column<string>(sql.selectKeptGroups, ...values)
    .map((name) => ({ name, change: 'kept' as const, reason: 'Not changed' }));
  return { groups, groupsKept };
}

function namesOf(reader: SqlReader, plan: PlanRow, ordinals: string): string[] {
  return reader.all<{ name: string }>(sql.selectPlanGroups, ordinals, plan.id).map(({ name }) => name);
}

function ordinalsOf(stored: string): number[] {
  return ordinalsSchema.parse(JSON.parse(stored));
}
