import { z } from 'zod';

/** Browsers drop these before they read an address: `/<tab>/host` names another host (WHATWG URL, 4.4). */
const dropped = /[\t\n\r]/g;

/** Where a sign-in leads back to: only paths of ours, as browsers understand them. */
export const returnPathSchema = z
  .string()
  .max(2000)
  .refine((path) => /^\/(?![/\\])/.test(path.replace(dropped, '')));
