import type { PersonRefresher, RefreshOutcome } from './ports.ts';

type RefreshPorts = {
  readonly refresher: PersonRefresher;
  readonly refreshLimitMs: number;
  readonly report: (error: unknown) => void;
};

/**
 * Has one person read anew, within the time limit, whether the refresher heeds its signal or not. Never throws: what goes
 * wrong is `unavailable`, and the login goes on with what is known.
 */
export async function refreshPerson(
  { connectorId, externalId }: { readonly connectorId: number; readonly externalId: string },
  { refresher, refreshLimitMs, report }: RefreshPorts,
): Promise<{ readonly outcome: RefreshOutcome; readonly durationMs: number }> {
  const startedAt = performance.now();
  const abort = new AbortController();
  const late = Promise.withResolvers<RefreshOutcome>();
  const timer = setTimeout(() => {
    abort.abort();
    late.resolve({ outcome: 'unavailable', reason: `no answer in ${refreshLimitMs / 1000} seconds` });
  }, refreshLimitMs);
  const asked = async (): Promise<RefreshOutcome> => {
    try {
      return await refresher.refresh(connectorId, externalId, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) report(error);
      return { outcome: 'unavailable', reason: 'UserSync failed, the server’s log says more' };
    }
  };
  try {
    const outcome = await Promise.race([asked(), late.promise]);
    return { outcome, durationMs: Math.round(performance.now() - startedAt) };
  } finally {
    clearTimeout(timer);
  }
}
