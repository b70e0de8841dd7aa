import type { LoginFailureCode, LoginStepCode } from '@gatehouse/contracts/login-codes';
import {
  type LoginUpdate,
  loginUpdateSchema,
  type Tracker,
  type TrackerEvent,
  type TrackerKind,
  type TrackerState,
  type TrackerSummary,
} from '@gatehouse/contracts/tracker';
import { z } from 'zod';
import { toInstant, toInstantOrNull } from '../raw.ts';
import type { TrackedIdp } from './tracked-idp.ts';
import { shownTrackerId } from './tracker-ids.ts';

export type TrackerRow = {
  id: number;
  publicId: string;
  kind: TrackerKind;
  state: TrackerState;
  idpId: number;
  settingsVersion: number;
  startedBy: string;
  createdAt: number;
  expiresAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  lastStep: LoginStepCode | null;
  failureCode: LoginFailureCode | null;
  failureStep: LoginStepCode | null;
  person: string | null;
  applicationPublicId: string | null;
  applicationName: string | null;
};

export type TrackerDetailRow = TrackerRow & {
  claims: string | null;
  update: string | null;
  userPublicId: string | null;
  userDisplayName: string | null;
  userUsername: string | null;
};

export type TrackerEventRow = Omit<TrackerEvent, 'at' | 'facts'> & { at: number; facts: string };

/** Number of the shape of LoginUpdate, stored with it. */
const updateSchemaNumber = 1;
const storedUpdateSchema = z.object({ schema: z.literal(updateSchemaNumber), ...loginUpdateSchema.shape });
const recordSchema = z.record(z.string(), z.unknown());

/** Over at `expiresAt`, whether or not somebody came by to write it down. */
export function stateAt(row: Pick<TrackerRow, 'state' | 'expiresAt'>, now: number): TrackerState {
  const isOpen = row.state === 'waiting' || row.state === 'in-progress';
  return isOpen && row.expiresAt <= now ? 'timed-out' : row.state;
}

export function toSummary(row: TrackerRow, idp: TrackedIdp, now: number): TrackerSummary {
  const state = stateAt(row, now);
  return {
    id: shownTrackerId(row.publicId),
    kind: row.kind,
    state,
    idp: { id: idp.publicId, name: idp.name, issuer: idp.metadata?.issuer ?? null },
    application:
      row.applicationPublicId === null || row.applicationName === null
        ? null
        : { id: row.applicationPublicId, name: row.applicationName },
    lastStep: row.lastStep,
    failure:
      row.failureCode === null || row.failureStep === null
        ? null
        : { code: row.failureCode, step: row.failureStep },
    person: row.person,
    createdAt: toInstant(row.createdAt),
    startedAt: toInstantOrNull(row.startedAt),
    finishedAt: toInstantOrNull(state === 'timed-out' ? (row.finishedAt ?? row.expiresAt) : row.finishedAt),
  };
}

export function toUser(row: TrackerDetailRow): Tracker['user'] {
  if (row.userPublicId === null) return null;
  return { id: row.userPublicId, name: row.userDisplayName || row.userUsername || row.userPublicId };
}

export function toEvent(row: TrackerEventRow): TrackerEvent {
  return { ...row, at: toInstant(row.at), facts: recordSchema.parse(JSON.parse(row.facts)) };
}

export function readClaims(stored: string | null): Tracker['claims'] {
  return stored === null ? null : recordSchema.parse(JSON.parse(stored));
}

export function writeUpdate(update: LoginUpdate): string {
  return JSON.stringify({ schema: updateSchemaNumber, ...update });
}

/** @throws ZodError when it was not written by this code or an upgrade is missing */
export function readUpdate(stored: string | null): LoginUpdate | null {
  if (stored === null) return null;
  const { schema, ...update } = storedUpdateSchema.parse(JSON.parse(stored));
  void schema;
  return update;
}
