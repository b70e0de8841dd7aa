import { z } from 'zod';

const KEY = 'gatehouse-new-connector';

/** What was typed for a connector that is not saved yet. The token is not among it. */
const draftSchema = z.object({
  kind: z.enum(['okta']).nullable(),
  name: z.string().max(2000),
  domain: z.string().max(4000),
});
export type NewConnectorDraft = z.infer<typeof draftSchema>;

export const emptyDraft: NewConnectorDraft = { kind: null, name: '', domain: '' };

/** The draft of this tab of the browser; it survives a reload. */
export function readDraft(storage: Pick<Storage, 'getItem'> = sessionStorage): NewConnectorDraft {
  try {
    return draftSchema.parse(JSON.parse(storage.getItem(KEY) ?? 'null'));
  } catch {
    return emptyDraft; // none, or not ours
  }
}

export function keepDraft(
  draft: NewConnectorDraft,
  storage: Pick<Storage, 'setItem' | 'removeItem'> = sessionStorage,
): void {
  const { kind, name, domain } = draft;
  const nothingTyped = name === '' && domain === '';
  try {
    if (nothingTyped) storage.removeItem(KEY);
    else storage.setItem(KEY, JSON.stringify({ kind, name, domain }));
  } catch {
    // A browser that forbids storage only loses the draft on reload.
  }
}
