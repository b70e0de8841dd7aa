import type { z } from 'zod';
import type { AppChanges, AppInput } from './apps/app-rules.ts';
import type { mutationSchema, recipeSchema } from './control/control-schemas.ts';
import type {
  AppView,
  CallsView,
  FaultView,
  GroupChanges,
  GroupCreation,
  GroupView,
  Listed,
  LoginFaultView,
  MemberChanges,
  PersonInput,
  PersonView,
  Stats,
  TokenInput,
  TokenView,
  WindowInput,
} from './control/control-types.ts';
import type { FaultInput } from './faults/fault-input.ts';
import type { LoginFaultInput } from './login-faults/login-fault-input.ts';
import type { LifecycleStep } from './org/edit-people.ts';
import type { MutationSummary } from './org/mutate.ts';
import type { ProfileChanges } from './org/people-rules.ts';

export type RehearsalControl = ReturnType<typeof createControl>;

/** The control refused; `errorCode` is Okta's where the org's rules refused. */
export class ControlError extends Error {
  readonly status: number;
  readonly errorCode: string | undefined;

  constructor(status: number, errorCode: string | undefined, message: string) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
    this.errorCode = errorCode;
  }
}

/**
 * A client of the rehearsal's JSON control, for tests, scripts and benchmarks. People are named by id or
 * login. Every call throws ControlError when it is refused.
 */
export function createControl(url: string) {
  const call = caller(url);
  const person = (idOrLogin: string) => `/people/${encodeURIComponent(idOrLogin)}`;
  const step = (name: LifecycleStep) => (idOrLogin: string) =>
    call<PersonView>('POST', `${person(idOrLogin)}/${name}`);

  return {
    stats: () => call<Stats>('GET', '/stats'),
    /** Starts over with another org; tokens and faults stay, calls too. */
    regenerate: (recipe: z.input<typeof recipeSchema>) => call<Stats>('POST', '/org', recipe),
    mutate: (input: z.input<typeof mutationSchema> = {}) => call<MutationSummary>('POST', '/mutate', input),
    tokens: {
      list: () => call<TokenView[]>('GET', '/tokens'),
      /** `value` goes into `Authorization: SSWS <value>`. */
      create: (input: TokenInput) => call<TokenView & { value: string }>('POST', '/tokens', input),
      revoke: (id: string) => call<void>('DELETE', `/tokens/${id}`),
    },
    people: {
      list: (window: WindowInput = {}) => call<Listed<PersonView>>('GET', `/people?${query(window)}`),
      get: (idOrLogin: string) => call<PersonView>('GET', person(idOrLogin)),
      groups: (idOrLogin: string) => call<GroupView[]>('GET', `${person(idOrLogin)}/groups`),
      create: (input: PersonInput) => call<PersonView>('POST', '/people', input),
      /** Null clears an attribute; what is not named stays. */
      edit: (idOrLogin: string, profile: ProfileChanges) =>
        call<PersonView>('PATCH', person(idOrLogin), { profile }),
      activate: step('activate'),
      suspend: step('suspend'),
      unsuspend: step('unsuspend'),
      unlock: step('unlock'),
      deactivate: step('deactivate'),
      /** Deactivates first; a second call erases. */
      delete: (idOrLogin: string) => call<{ outcome: 'deactivated' | 'erased' }>('DELETE', person(idOrLogin)),
    },
    groups: {
      list: (window: Omit<WindowInput, 'status'> = {}) =>
        call<Listed<GroupView>>('GET', `/groups?${query(window)}`),
      get: (id: string) => call<GroupView>('GET', `/groups/${id}`),
      create: (input: GroupCreation) => call<GroupView>('POST', '/groups', input),
      edit: (id: string, changes: GroupChanges) => call<GroupView>('PATCH', `/groups/${id}`, changes),
      delete: (id: string) => call<void>('DELETE', `/groups/${id}`),
      /** Ids of the members. */
      members: (id: string) => call<string[]>('GET', `/groups/${id}/members`),
      changeMembers: (id: string, changes: MemberChanges) =>
        call<{ moved: number }>('POST', `/groups/${id}/members`, changes),
    },
    /** App integrations for OpenID Connect; `id` is the client id. */
    apps: {
      list: () => call<AppView[]>('GET', '/apps'),
      get: (id: string) => call<AppView>('GET', `/apps/${id}`),
      /** People by id or login, groups by id or name; everybody is assigned unless something else is said. */
      create: (input: AppInput) => call<AppView>('POST', '/apps', input),
      /** What is not named stays; assignments are replaced as a whole. */
      edit: (id: string, changes: AppChanges) => call<AppView>('PATCH', `/apps/${id}`, changes),
      /** The former secret is refused from now on. */
      rotateSecret: (id: string) => call<AppView>('POST', `/apps/${id}/secret`),
      deactivate: (id: string) => call<AppView>('POST', `/apps/${id}/deactivate`),
      activate: (id: string) => call<AppView>('POST', `/apps/${id}/activate`),
      delete: (id: string) => call<void>('DELETE', `/apps/${id}`),
    },
    keys: {
      /** The kids in the JWKS, the one that signs last. */
      list: () => call<{ kids: string[] }>('GET', '/keys'),
      /** Signs with a new key; the former ones leave the JWKS unless they are to be kept there. */
      rotate: (input: { keepFormer?: boolean } = {}) => call<{ kid: string }>('POST', '/keys', input),
    },
    sessions: {
      /** Signs everybody out of the rehearsal, in every browser. */
      endAll: () => call<{ ended: number }>('DELETE', '/sessions'),
    },
    faults: {
      list: () => call<FaultView[]>('GET', '/faults'),
      set: (input: FaultInput) => call<FaultView>('POST', '/faults', input),
      clear: (id: string) => call<{ cleared: number }>('DELETE', `/faults/${id}`),
      clearAll: () => call<{ cleared: number }>('DELETE', '/faults'),
    },
    /** Faults of the login: OpenID Connect, step by step. */
    loginFaults: {
      list: () => call<LoginFaultView[]>('GET', '/login-faults'),
      set: (input: LoginFaultInput) => call<LoginFaultView>('POST', '/login-faults', input),
      clear: (id: string) => call<{ cleared: number }>('DELETE', `/login-faults/${id}`),
      clearAll: () => call<{ cleared: number }>('DELETE', '/login-faults'),
    },
    calls: {
      /** The last 1,000 requests to the Management API and the authorization servers, oldest first. */
      list: () => call<CallsView>('GET', '/calls'),
      reset: () => call<void>('DELETE', '/calls'),
    },
  };
}

function caller(url: string) {
  const base = `${url.replace(/\/+$/, '')}/_rehearsal`;
  return async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(base + path, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw controlError(response.status, text);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
}

function controlError(status: number, text: string): ControlError {
  try {
    const { errorCode, errorSummary, errorCauses } = JSON.parse(text) as {
      errorCode: string;
      errorSummary: string;
      errorCauses: { errorSummary: string }[];
    };
    const causes = errorCauses.map((cause) => cause.errorSummary).join('; ');
    return new ControlError(status, errorCode, causes ? `${errorSummary}: ${causes}` : errorSummary);
  } catch {
    return new ControlError(status, undefined, text.trim() || `HTTP ${status}`);
  }
}

function query(window: WindowInput): URLSearchParams {
  const entries = Object.entries(window).filter(([, value]) => value !== undefined);
  return new URLSearchParams(entries.map(([name, value]): [string, string] => [name, String(value)]));
}
