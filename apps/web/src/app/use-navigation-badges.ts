import { useQuery } from '@tanstack/react-query';
import { overviewQuery, useIsAdmin } from '../lib/session.ts';

/** What the navigation shows administrators on every screen: runs that wait for a person, and the set-up until it is done. */
export function useNavigationBadges() {
  const isAdmin = useIsAdmin();
  const overview = useQuery({ ...overviewQuery, enabled: isAdmin }).data;
  const steps = overview?.steps ?? [];
  const done = steps.filter((step) => step.state === 'done').length;
  return {
    heldRuns: overview?.heldTotal ?? 0,
    setUp: done === steps.length ? null : { done, steps },
  };
}
