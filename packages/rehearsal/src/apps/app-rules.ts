import { z } from 'zod';
import { validationFailed } from '../okta-error.ts';
import type { Organisation } from '../org/organisation.ts';
import { APP_KINDS, type App, type AppKind, type Assignments } from './app.ts';

const uris = z.array(z.string()).max(100);
const names = z.array(z.string()).max(1000);

/** Who may sign in: `everyone`, `nobody`, or people by id or login and groups by id or name. */
export const assignmentsInputSchema = z.union([
  z.enum(['everyone', 'nobody']),
  z.strictObject({ people: names.default([]), groups: names.default([]) }),
]);

export const appInputSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(APP_KINDS).default('web'),
  redirectUris: uris,
  postLogoutRedirectUris: uris.default([]),
  assignments: assignmentsInputSchema.default('everyone'),
  requirePkce: z.boolean().default(false),
  groupsRegex: z.string().nullable().default(null),
});

export const appChangesSchema = z.strictObject({
  name: z.string().optional(),
  redirectUris: uris.optional(),
  postLogoutRedirectUris: uris.optional(),
  assignments: assignmentsInputSchema.optional(),
  requirePkce: z.boolean().optional(),
  groupsRegex: z.string().nullable().optional(),
});

export type AppInput = z.input<typeof appInputSchema>;
export type AppChanges = z.input<typeof appChangesSchema>;
export type AssignmentsInput = z.output<typeof assignmentsInputSchema>;

/** The part of an app that an admin decides. */
export type AppSettings = Pick<
  App,
  'name' | 'kind' | 'redirectUris' | 'postLogoutRedirectUris' | 'assignments' | 'requirePkce' | 'groupsRegex'
>;

const LONGEST_REGEX = 200;

/** The settings, trimmed and checked as Okta does. Throws OktaError E0000001 naming every field. */
export function checkSettings(settings: AppSettings): AppSettings {
  const causes: string[] = [];
  const name = settings.name.trim();
  if (name.length < 1 || name.length > 100)
    causes.push('name: The field must be between 1 and 100 characters');
  const redirectUris = cleanUris(settings.redirectUris);
  if (redirectUris.length === 0) causes.push('redirectUris: The field cannot be left blank');
  causes.push(...redirectUris.flatMap((uri) => faultOfUri('redirectUris', uri, settings.kind)));
  const postLogoutRedirectUris = cleanUris(settings.postLogoutRedirectUris);
  causes.push(
    ...postLogoutRedirectUris.flatMap((uri) => faultOfUri('postLogoutRedirectUris', uri, settings.kind)),
  );
  if (settings.groupsRegex !== null) causes.push(...faultOfRegex(settings.groupsRegex));
  if (causes.length > 0) throw validationFailed(causes[0]?.split(':')[0] ?? 'name', causes);
  return {
    ...settings,
    name,
    redirectUris,
    postLogoutRedirectUris,
    requirePkce: settings.requirePkce || settings.kind !== 'web',
  };
}

/** Finds whom the names mean. Throws OktaError E0000001 naming those that mean nobody. */
export function resolveAssignments(organisation: Organisation, input: AssignmentsInput): Assignments {
  if (typeof input === 'string') return { everyone: input === 'everyone', people: [], groups: [] };
  const causes: string[] = [];
  let everyone = false;
  const people = input.people.flatMap((name) => {
    const user = organisation.userById(name) ?? organisation.userByLogin(name);
    if (!user) causes.push(`people: Nobody has the username or id ${name}`);
    return user?.id ?? [];
  });
  const groups = input.groups.flatMap((name) => {
    const group =
      organisation.groupById(name) ??
      organisation.groups.find((candidate) => candidate?.profile.name === name);
    if (!group) causes.push(`groups: No group has the name or id ${name}`);
    if (group?.type !== 'BUILT_IN') return group?.id ?? [];
    everyone = true;
    return [];
  });
  if (causes.length > 0) throw validationFailed(causes[0]?.split(':')[0] ?? 'people', causes);
  return { everyone, people: [...new Set(people)], groups: [...new Set(groups)] };
}

function cleanUris(uris: readonly string[]): string[] {
  return [...new Set(uris.map((uri) => uri.trim()).filter((uri) => uri !== ''))];
}

function faultOfUri(field: string, uri: string, kind: AppKind): string[] {
  const isWeb = /^https?:$/;
  try {
    const { protocol, hash } = new URL(uri);
    const isAllowed =
      isWeb.test(protocol) || (kind === 'native' && /^[a-z][a-z\d+-]*(\.[a-z\d+-]+)+:$/.test(protocol));
    if (isAllowed && hash === '' && !uri.endsWith('#') && !/\s/.test(uri)) return [];
  } catch {
    // Not a URI: falls through to the refusal.
  }
  return [`${field}: “${uri}” must be an absolute URI without a fragment`];
}

function faultOfRegex(pattern: string): string[] {
  if (pattern.length > LONGEST_REGEX) {
    return [`groupsRegex: The field must be at most ${LONGEST_REGEX} characters`];
  }
  try {
    wholeRegex(pattern);
    return [];
  } catch (error) {
    return [`groupsRegex: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** The pattern as Okta applies it: to the whole name. Throws SyntaxError. */
export function wholeRegex(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u');
}
