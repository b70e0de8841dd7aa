import type { RunSummary } from '@gatehouse/contracts/run';
import { Link } from '@tanstack/react-router';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';

/** User Sync / connector / Runs, and the run itself on the pages below it. */
export function runBreadcrumbs(run: RunSummary, { withRun = false } = {}) {
  const params = { connectorId: run.connector.id };
  const crumbs = [
    { key: 'connectors', link: <Link to="/connectors">User Sync</Link> },
    {
      key: 'connector',
      link: (
        <Link to="/connectors/$connectorId" params={params}>
          <TextWithHiddenCharacters text={run.connector.name} />
        </Link>
      ),
    },
    {
      key: 'runs',
      link: (
        <Link to="/connectors/$connectorId/runs" params={params}>
          Runs
        </Link>
      ),
    },
  ];
  if (!withRun) return crumbs;
  const link = (
    <Link to="/runs/$runId" params={{ runId: String(run.id) }}>
      {`#${run.id}`}
    </Link>
  );
  return [...crumbs, { key: 'run', link }];
}
