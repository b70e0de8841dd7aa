import { z } from 'zod';

/**
 * What the event stream carries: something about `topic` changed. `version` rises by one for each change of any topic,
 * so it is also the event's id for `Last-Event-ID`. The data itself is fetched.
 */
export const liveEventSchema = z.object({ topic: z.string(), version: z.number().int() });
export type LiveEvent = z.infer<typeof liveEventSchema>;

/** `reset` is sent when the server cannot replay from the given id: refetch everything. */
export const liveTopics = {
  reset: 'reset',
  server: 'server',
  overview: 'overview',
  session: 'session',
  accounts: 'accounts',
  audit: 'audit',
  connectors: 'connectors',
  directory: 'directory',
  runs: 'runs',
  idps: 'idps',
  trackers: 'trackers',
  applications: 'applications',
  settings: 'settings',
  connector: (connectorId: string) => `connector/${connectorId}`,
  run: (runId: number) => `run/${runId}`,
  idp: (idpId: string) => `idp/${idpId}`,
  tracker: (trackerId: string) => `tracker/${trackerId}`,
} as const;
