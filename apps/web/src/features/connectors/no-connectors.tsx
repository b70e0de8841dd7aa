import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { serverQuery, useIsAdmin } from '../../lib/session.ts';
import { emptyDraft, keepDraft } from './new-connector-draft.ts';
import { ReviewDrawing } from './review-drawing.tsx';

/** Before the first connector: what will be here, three steps, one button. */
export function NoConnectors() {
  const isAdmin = useIsAdmin();
  const rehearsalUrl = useQuery(serverQuery).data?.rehearsalUrl ?? null;
  if (!isAdmin) {
    return (
      <EmptyState
        title="No connector yet"
        lead="An administrator connects the Okta organization. Its state and its runs are then shown here."
        drawing={<ReviewDrawing />}
      />
    );
  }
  const practise = (url: string) =>
    keepDraft({ ...emptyDraft, kind: 'okta', name: 'Rehearsal', domain: new URL(url).host });
  return (
    <EmptyState
      title="No connector yet"
      lead="Connect your Okta organization and see every change on screen before a single account is touched. It takes about five minutes."
      steps={[
        { title: 'Make an API token in Okta', text: 'The steps, with a drawing, stand beside the form.' },
        { title: 'Paste it, with your Okta domain', text: 'The test says what the token can see.' },
        {
          title: 'Simulate',
          text: 'Review who would be added, modified and cleaned up. Nothing is written.',
        },
      ]}
      actions={
        <>
          <ButtonLink
            to="/connectors/new"
            variant="filled"
            size="lg"
            leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />}
          >
            Create Connector
          </ButtonLink>
          {rehearsalUrl !== null && (
            <Link to="/connectors/new" style={{ fontWeight: 500 }} onClick={() => practise(rehearsalUrl)}>
              Practise with the rehearsal Okta first
            </Link>
          )}
        </>
      }
      drawing={<ReviewDrawing />}
    />
  );
}
