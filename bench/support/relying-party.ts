import { fileURLToPath } from 'node:url';
import type { Application } from '@gatehouse/contracts/application';
import { defaultIdpSettings, type Idp, type MetadataImport } from '@gatehouse/contracts/idp';
import type { Tracker } from '@gatehouse/contracts/tracker';
import type { BenchRun } from '../benchmark.ts';
import { type ApiSession, signIn } from './api-session.ts';
import { freePort, startNode } from './child.ts';
import { startGatehouse, untilAnswered } from './gatehouse.ts';
import type { LoginUpstream } from './login-upstream.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { Visitor } from './visitor.ts';

/** A process that logs people in. */
export type RelyingParty = {
  /** Where a login starts. */
  readonly startUrl: string;
  stop(): Promise<void>;
};

const bareProgram = fileURLToPath(new URL('./bare-login.ts', import.meta.url));

export async function startBareLogin(run: BenchRun, upstream: LoginUpstream): Promise<RelyingParty> {
  const port = await freePort();
  const child = startNode([bareProgram], {
    PORT: String(port),
    ISSUER: upstream.url,
    CLIENT_ID: upstream.clientId,
    CLIENT_SECRET: upstream.clientSecret,
  });
  run.cleanUp.defer(child.stop);
  const url = `http://127.0.0.1:${port}`;
  // Any answer will do: a start is one.
  await untilAnswered(`${url}/callback`, child, 400);
  return { startUrl: `${url}/start`, stop: child.stop };
}

/** Gatehouse as production runs it, with an IdP, an application and redirection on: set up through its API. */
export async function startLoginGatehouse(run: BenchRun, upstream: LoginUpstream): Promise<RelyingParty> {
  const gatehouse = await startGatehouse({
    dataDirectory: temporaryFolder(run.cleanUp),
    rehearsalUrl: upstream.url,
    profiles: run.options.profiles,
    // The doors take so many requests a minute from one address; here each login comes from one of its own.
    environment: { TRUST_PROXY: '127.0.0.1' },
  });
  run.cleanUp.defer(gatehouse.stop);
  const api = await signIn(gatehouse.url);
  const idp = await addIdp(api, upstream);
  await passTest(api, { idp, upstream });
  const application = await api.post<Application>('/api/applications', {
    name: 'Jira',
    kind: 'jira',
    baseUrl: 'https://jira.acme.example',
    jsm: false,
  });
  const redirection = { enabled: true, portal: false, idpId: null };
  await api.put(`/api/applications/${application.id}/redirection`, redirection);
  return {
    startUrl: `${gatehouse.url}/sso/${application.slug}/login`,
    stop: gatehouse.stop,
  };
}

/** People are made from their claims at their first login, and looked up from then on. */
async function addIdp(api: ApiSession, upstream: LoginUpstream): Promise<Idp> {
  const draft = await api.post<Idp>('/api/idps', { preset: 'okta' });
  const saved = await api.put<Idp>(`/api/idps/${draft.id}`, {
    expectedVersion: draft.settingsVersion,
    name: 'Benchmark',
    settings: {
      ...defaultIdpSettings,
      domain: upstream.url,
      clientId: upstream.clientId,
      updateMethod: 'claims',
      createUsers: true,
    },
    clientSecret: upstream.clientSecret,
  });
  const imported = await api.post<MetadataImport>(`/api/idps/${draft.id}/import?wait=true`, {});
  if (imported.state === 'failed') throw new Error(`the import failed: ${JSON.stringify(imported.checks)}`);
  return api.post<Idp>(`/api/idps/${draft.id}/finish`, { expectedVersion: saved.settingsVersion });
}

/** Redirection is locked until a test login passed. */
async function passTest(
  api: ApiSession,
  { idp, upstream }: { idp: Idp; upstream: LoginUpstream },
): Promise<void> {
  const made = await api.post<Tracker>('/api/trackers', { idpId: idp.id });
  const visitor = new Visitor();
  await visitor.logIn(`${made.testUrl}/continue`, upstream);
  visitor.close();
  const { state, failure } = await api.get<Tracker>(`/api/trackers/${made.id}`);
  if (state !== 'passed') throw new Error(`the test ended ${state}: ${JSON.stringify(failure)}`);
}
