import { z } from 'zod';
import { instantSchema } from './primitives.ts';

const lineSchema = z
  .string()
  .trim()
  .max(200, 'At most 200 characters.')
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'No line breaks or control characters.');

/** Without a user name: everybody who sees an error page would get it. */
function isWebAddress(text: string): boolean {
  const url = /^https:\/\/\S+$/.test(text) ? URL.parse(text) : null;
  return url !== null && url.username === '' && url.password === '';
}

/** What people see of this installation: on the pages of a login, and in a support bundle's message. */
export const generalSettingsSchema = z.object({
  /** Empty: pages say “your company”. */
  organizationName: lineSchema,
  /** E-mail address or https URL of the support desk; empty: none is named. */
  supportAddress: lineSchema.refine(
    (text) => text === '' || isWebAddress(text) || /^[^\s@<>"?&:/%]+@[^\s@<>"?&:/%]+$/.test(text),
    'Enter an e-mail address or an https:// address.',
  ),
  /** One sentence under every error page; empty: none. */
  supportText: z
    .string()
    .trim()
    .max(500, 'At most 500 characters.')
    .regex(/^[^\p{Cc}]*$/u, 'No line breaks or control characters.'),
  /** Trackers older than this are deleted. Unit: days. */
  trackerDays: z.number().int().min(1).max(90),
});
export type GeneralSettings = z.infer<typeof generalSettingsSchema>;

export const defaultGeneralSettings: GeneralSettings = {
  organizationName: '',
  supportAddress: '',
  supportText: '',
  trackerDays: 14,
};

/** As they were accepted once: a rule that came later does not take them away. */
export const keptGeneralSettingsSchema = generalSettingsSchema.extend({ supportAddress: z.string() });

export const generalSettingsAnswerSchema = keptGeneralSettingsSchema.extend({
  version: z.number().int(),
  changedAt: instantSchema.nullable(),
  changedBy: z.string().nullable(),
});
