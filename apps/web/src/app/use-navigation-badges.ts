import { useQuery } from '@tanstack/react-query';
import { overviewQuery } from '../lib/session.ts';

/** What the navigation shows on every screen: runs that wait for a person, and the set-up until it is done. */
export function useNavigationBadges() {
  const overview = useQuery(overviewQuery).data;
  const steps = overview?.steps ?? [];
  const done = steps.filter((step) => step.state === 'done').length;
  return {
    heldRuns: overview?.heldTotal ?? 0,
    setUp: done === steps.length ? null : { done, steps },
  };
}
