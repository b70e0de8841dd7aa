/** What products pull after their token. Entities come before their memberships. */
export type DirectoryEventKind = 'user' | 'group' | 'membership';
export type DirectoryEventOperation = 'CREATED' | 'UPDATED' | 'DELETED';

/**
 * A run that would write more events than this raises the directory's epoch instead, in its first and in its last
 * chunk, so that every product reads fully once. Unit: events.
 */
export const directoryEventLimit = 5000;

/** Token that a product sends back: epoch and the number of the last event it has seen. */
export function eventToken(epoch: string, eventId: number): string {
  return `${epoch}:${eventId}`;
}
