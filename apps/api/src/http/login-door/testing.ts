import type { Redirection } from '@gatehouse/contracts/application';
import type { LoginResult } from '@gatehouse/login/login-result';
import type { LoginTracer, Upstream } from '@gatehouse/login/ports';
import type { DoorApplication, LoginDoorPorts } from './ports.ts';

/** Everything that a login began with, and how traces ended. */
export type DoorRecord = {
  begun: Parameters<LoginDoorPorts['begin']>[0][];
  ended: unknown[];
  completed: Parameters<LoginDoorPorts['complete']>[0][];
};

export const doorIdp = { id: 'i'.repeat(22), name: 'Acme Okta', isEnabled: true, testedAt: 1 };
export const doorToken = 't'.repeat(22);

const upstream = { idpId: 1, settingsVersion: 1 } as Upstream;

/** A Jira with a portal whose redirection is on, at one identity provider; `change` replaces parts. */
export function doorPorts(
  options: {
    redirection?: Partial<Redirection>;
    application?: Partial<DoorApplication['settings']>;
    unavailable?: 'idp-disabled' | 'idp-removed' | 'idp-incomplete';
    idps?: (typeof doorIdp)[];
    begin?: LoginDoorPorts['begin'];
    result?: LoginResult | null;
    publicUrl?: string;
    owner?: Partial<ReturnType<LoginDoorPorts['owner']>>;
  } = {},
): { ports: LoginDoorPorts; record: DoorRecord } {
  const record: DoorRecord = { begun: [], ended: [], completed: [] };
  const idps = options.idps ?? [doorIdp];
  const tracer = (kind: 'test' | 'login'): LoginTracer => ({
    trackerId: 7,
    kind,
    publicId: '9BC-5KE',
    record: () => undefined,
    person: () => undefined,
    claims: () => undefined,
    update: () => undefined,
    flush: async () => undefined,
    finish: async (end) => void record.ended.push(end),
  });
  const application: DoorApplication = {
    id: 3,
    slug: 'jira',
    name: 'Jira',
    settings: {
      kind: 'jira',
      baseUrl: 'https://tools.acme.example/jira',
      jsm: true,
      redirection: { enabled: true, portal: true, idpId: doorIdp.id, ...options.redirection },
      ...options.application,
    },
    isRemoved: false,
  };
  const found = async () => (options.unavailable ? { unavailable: options.unavailable } : upstream);
  let used = false;
  const ports: LoginDoorPorts = {
    publicUrl: options.publicUrl ?? 'http://localhost:8484',
    now: () => Date.UTC(2026, 0, 30, 12),
    owner: () => ({ organizationName: 'Acme', supportAddress: '', supportText: '', ...options.owner }),
    applications: {
      findBySlug: (slug) => (slug === 'jira' ? application : null),
      findById: (id) => (id === application.id ? application : null),
    },
    idps: {
      find: (id) => idps.find((one) => one.id === id) ?? null,
      finished: (limit) => idps.slice(0, limit),
      describe: () => ({ name: 'Acme Okta', word: 'Okta' }),
      upstreamForLogin: found,
      upstreamForTest: found,
    },
    tests: {
      openLink: (token) => {
        if (token !== doorToken) return { outcome: 'unknown', tracker: null };
        if (used) return { outcome: 'used', tracker: null };
        const tracker = {
          id: 'M7P-2WD',
          idp: { id: doorIdp.id, name: 'Acme Okta' },
          startedBy: 'Priya Raman',
        };
        return { outcome: 'ready', tracker: { ...tracker, expiresAt: Date.UTC(2026, 0, 30, 13) } };
      },
      useLink: async (token) => {
        if (token !== doorToken || used) return { outcome: used ? 'used' : 'unknown', tracker: null };
        used = true;
        return { outcome: 'started', tracker: { trackerId: 7, idpId: 1 } };
      },
      startedBy: () => 'Priya Raman',
    },
    tracers: { start: async () => tracer('login'), resume: async () => tracer('test') },
    begin:
      options.begin ??
      (async (input) => {
        record.begun.push(input);
        return { redirectTo: 'https://acme.okta.com/oauth2/v1/authorize?state=s' };
      }),
    complete: async (input) => {
      record.completed.push(input);
      return options.result ?? null;
    },
  };
  return { ports, record };
}
