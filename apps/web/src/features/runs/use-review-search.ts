import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { type ReviewSearch, reviewSearchSchema } from './review-search.ts';

/** The state of the review and how it changes: the URL is the only place where it stands. */
export function useReviewSearch() {
  const { runId } = useParams({ from: '/app/runs/$runId/review' });
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const search = useMemo(() => reviewSearchSchema.parse(raw), [raw]);
  const navigate = useNavigate();
  const setSearch = useCallback(
    (next: ReviewSearch, options: { replace?: boolean } = {}) => {
      void navigate({ to: '/runs/$runId/review', params: { runId }, search: next, ...options });
    },
    [navigate, runId],
  );
  return { runId: Number(runId), search, setSearch };
}
