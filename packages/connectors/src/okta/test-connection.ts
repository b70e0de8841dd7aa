import type { ConnectionCheck } from '@gatehouse/contracts/connector';
import type { OutboundFetch } from '@gatehouse/contracts/outbound';
import { CheckList } from './check-list.ts';
import { OktaClient } from './client.ts';
import { connectionSteps, type Found, type StepContext } from './connection-steps.ts';
import { defaultOktaTiming, type OktaTiming, sleepFor } from './okta-timing.ts';
import { RatePacer } from './pacing.ts';
import { silentObserver } from './silent-observer.ts';
import type { LastGoodRun, Visible } from './visible.ts';

export type ConnectionTestOptions = {
  /** `https://host[:port]` */
  readonly origin: string;
  /** Null when none is stored. */
  readonly token: string | null;
  readonly fetch: OutboundFetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** What the last good run saw, to compare with; null before the first one. */
  readonly lastGood: LastGoodRun | null;
  readonly timing?: OktaTiming;
};

export type ConnectionTestResult = {
  readonly checks: readonly ConnectionCheck[];
  readonly outcome: 'passed' | 'warning' | 'failed';
  /** What the token can see; null when the test did not come so far. */
  readonly visible: Visible | null;
};

/**
 * Goes through the checklist of *Save and Test Connection*, in the order of `connectionCheckCodes`. A person waits for
 * it: nothing is tried twice and no rate limit is waited for. `onCheck` hears of each check when it starts and when it
 * is over; what depends on a failed check is skipped. Okta's troubles are results; only the signal makes it throw.
 * @throws SourceError `cancelled`
 */
export async function testOktaConnection(
  options: ConnectionTestOptions,
  onCheck: (check: ConnectionCheck) => void,
): Promise<ConnectionTestResult> {
  const timing = options.timing ?? defaultOktaTiming;
  const token = options.token ?? '';
  const limits = new Map<string, { label: string; limit: number; used: number }>();
  const client = new OktaClient({
    origin: options.origin,
    token,
    fetch: options.fetch,
    timing,
    now: options.now,
    random: () => 0,
    sleep: sleepFor,
    pacer: new RatePacer(),
    observer: { ...silentObserver, rateLimit: (bucket, state) => void limits.set(bucket, state) },
    signal: options.signal,
    patient: false,
  });
  const context: StepContext = { ...options, token, timing, client, limits };
  const found: Found = { owner: null, group: null, visible: null };
  const list = new CheckList(onCheck, () => performance.now());
  for (const step of connectionSteps(context, found)) await list.run(step);
  return { checks: list.checks, outcome: list.outcome, visible: found.visible };
}
