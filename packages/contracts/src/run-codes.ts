/**
 * Every code that a run, a plan or the guard gives as a reason, and every code of a run's diary. Codes are stable;
 * their words are in run-words.ts, which does not compile without a word for each.
 */

/** Why a source could not be read. */
export const sourceErrorCodes = [
  'host-not-resolved',
  'host-blocked',
  'host-timed-out',
  'host-refused',
  'host-tls',
  'host-redirects',
  'not-the-source',
  'answer-too-large',
  'answer-unreadable',
  'answer-truncated',
  'token-invalid',
  'token-missing',
  'token-forbidden',
  'rate-limited',
  'server-failed',
  'cursor-repeated',
  'list-endless',
  'cursor-foreign',
  'cancelled',
] as const;
export type SourceErrorCode = (typeof sourceErrorCodes)[number];

/** Why a change is in a plan, one each row. */
export const changeReasonCodes = [
  // done
  'new-in-source',
  'profile-changed',
  'groups-changed',
  'became-active',
  'status-unknown',
  'status-suspended',
  'status-staged',
  'status-provisioned',
  'status-deprovisioned',
  'status-inactive',
  'deactivated-in-source',
  'deleted-in-source',
  'absent-in-source',
  // filtered
  'not-created-inactive',
  'not-created-unknown-status',
  'not-created-gone',
  'removal-suppressed',
  'built-in',
  // failed
  'record-unreadable',
  'name-taken',
  'username-missing',
  'attribute-too-long',
  'attribute-not-text',
  'attribute-control-character',
  'attribute-broken-text',
  'group-name-missing',
  'group-name-too-long',
  'group-name-control-character',
  'group-name-broken-text',
] as const;
export type ChangeReasonCode = (typeof changeReasonCodes)[number];

/** Why the guard holds a plan. */
export const guardReasonCodes = [
  'guard-incomplete-read',
  'guard-no-users',
  'guard-users-dropped',
  'guard-groups-dropped',
  'guard-removals',
  'guard-memberships',
  'guard-attribute-blank',
  'guard-owner-changed',
] as const;
export type GuardReasonCode = (typeof guardReasonCodes)[number];

/** Why a collection of a snapshot is not complete. */
export const gapCodes = [
  'records-without-id',
  'unreadable-users',
  'unreadable-groups',
  'absence-unknown',
  'absence-present',
] as const;
export type GapCode = (typeof gapCodes)[number];

/** What a plan leaves out because a collection was not complete. */
export const suppressedCodes = ['suppressed-users', 'suppressed-groups'] as const;
export type SuppressedCode = (typeof suppressedCodes)[number];

/** Why a run is in its state, beside the codes of the source. */
export const runReasonCodes = [
  'guard-held',
  'cancelled-by-person',
  'lease-lost',
  'settings-changed',
  'plan-not-open',
  'process-ended',
  'newer-plan',
  'unexpected',
] as const;
export type RunReasonCode = (typeof runReasonCodes)[number];

/** What happened in a run, in its diary. A change of state is written as `state-<state>`. */
export const stepCodes = [
  'read-started',
  'page-retried',
  'page-size-reduced',
  'rate-limit-wait',
  'users-read',
  'groups-read',
  'members-read',
  'group-vanished',
  'records-unreadable',
  'absences-none',
  'absences-asked',
  'read-incomplete',
  'read-finished',
  'plan-finished',
  'guard-passed',
  'guard-would-hold',
  'apply-started',
  'apply-finished',
  'apply-cancelled',
  'state-queued',
  'state-reading',
  'state-planning',
  'state-applying',
  'state-held',
  'state-done',
  'state-failed',
  'state-cancelled',
  'state-interrupted',
  'state-discarded',
  'state-replaced',
] as const;
export type StepCode = (typeof stepCodes)[number];
