import { statement } from '../raw.ts';
import { insertEntry, insertEntryIfChanged } from './queries.ts';

export type AuditActor =
  | { readonly kind: 'account'; readonly id: string; readonly name: string }
  | { readonly kind: 'system' | 'host' | 'setup'; readonly id: null; readonly name: string };

/** Who does something, and from where. */
export type AuditBy = {
  readonly actor: AuditActor;
  readonly remoteAddress: string | null;
  readonly requestId: string | null;
};

export type NewAuditEntry = {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: AuditBy;
  /** Noun and what happened, e.g. `connector.settings-changed`. */
  readonly action: `${string}.${string}`;
  readonly subject: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  /** Only what differs, without secrets. */
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
};

/** The process itself, e.g. a schedule. */
export const bySystem: AuditBy = {
  actor: { kind: 'system', id: null, name: 'Gatehouse' },
  remoteAddress: null,
  requestId: null,
};

/** A command on the host. */
export const byHost: AuditBy = {
  actor: { kind: 'host', id: null, name: 'Command on the host' },
  remoteAddress: null,
  requestId: null,
};

type Writer = Parameters<typeof statement>[0];

/** For the batch that makes the change. */
export function auditStatement(db: Writer, entry: NewAuditEntry): ReturnType<typeof statement> {
  return statement(db, insertEntry, ...values(entry));
}

/** The same, if the statement right before it in the batch changed a row; itself counts as that for the next one. */
export function auditIfChanged(db: Writer, entry: NewAuditEntry): ReturnType<typeof statement> {
  return statement(db, insertEntryIfChanged, ...values(entry));
}

function values({ at, by, action, subject, before, after }: NewAuditEntry) {
  const { actor, remoteAddress, requestId } = by;
  return [
    at,
    actor.kind,
    actor.id,
    actor.name,
    remoteAddress,
    requestId,
    action,
    subject.kind,
    subject.id,
    subject.name ?? '',
    before ? JSON.stringify(before) : null,
    after ? JSON.stringify(after) : null,
  ] as const;
}
