import { systemEndpoints } from '@gatehouse/contracts/endpoints/system-endpoints';
import type { Server, ServerCheck } from '@gatehouse/contracts/server';
import { createApiDocs } from '../http/api-docs.ts';
import { createOpenApi } from '../http/openapi.ts';
import { implement, type RequestFacts, type RoutesFor } from '../http/route.ts';
import type { LiveHub } from '../http/server-sent-events.ts';
import type { ServerFactStore } from '../stores/server-facts/store.ts';

export type SystemRouteParts = {
  readonly live: LiveHub;
  readonly facts: ServerFactStore;
  readonly cookieName: string;
  readonly server: Omit<Server, 'setUpDone' | 'checks'>;
  /** What was found at the start, and what this request shows. */
  readonly checkServer: (request: RequestFacts) => readonly ServerCheck[];
};

/** Health, the server itself, live events and the description of the API. */
export function systemRoutes(
  parts: SystemRouteParts,
): RoutesFor<Omit<typeof systemEndpoints, 'getOverview'>> {
  const { publicUrl, version } = parts.server;
  // Made when first asked for: it takes a while, and most starts never need it.
  let openApi: string | undefined;
  const sendApiDocs = createApiDocs(publicUrl);

  return {
    getHealth: implement(systemEndpoints.getHealth, async () => ({ status: 'ok' })),

    // A server that is stopping has answered 503 before it comes here; one that is starting does not listen yet.
    getReadiness: implement(systemEndpoints.getReadiness, async () => ({ status: 'ready' })),

    getServer: implement(systemEndpoints.getServer, async ({ request, findSession }) => {
      const setUpDone = parts.facts.isSetUpDone();
      const mayKnow = !setUpDone || (await findSession()) !== null;
      return { ...parts.server, setUpDone, checks: mayKnow ? [...parts.checkServer(request)] : [] };
    }),

    streamEvents: implement(systemEndpoints.streamEvents, async ({ session, http }) => {
      parts.live.open({ ...http, session });
    }),

    getOpenApi: implement(systemEndpoints.getOpenApi, async ({ http: { response } }) => {
      openApi ??= JSON.stringify(createOpenApi({ version, publicUrl, cookieName: parts.cookieName }));
      response.set('cache-control', 'no-cache').type('json').send(openApi);
    }),

    getApiDocs: implement(systemEndpoints.getApiDocs, async ({ http: { response } }) => {
      sendApiDocs(response);
    }),
  };
}
