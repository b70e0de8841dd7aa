import type { Connector } from '@gatehouse/contracts/connector';
import { Button } from '@mantine/core';
import { Callout } from '../../components/ui/callout.tsx';

type ConnectorNoticesProps = { notices: Connector['notices']; onToken: () => void; onClose: () => void };

/** What the server did beside saving. */
export function ConnectorNotices({ notices, onToken, onClose }: ConnectorNoticesProps) {
  return notices.map(({ code, detail }) => (
    <div key={code} role="status">
      <Callout
        kind={code === 'token-cleared' ? 'warning' : 'info'}
        compact
        title={code === 'token-cleared' ? 'The API token was removed.' : 'The Okta domain was cleaned.'}
        actions={
          <>
            <Button size="xs" onClick={onClose}>
              Close
            </Button>
            {code === 'token-cleared' && (
              <Button size="xs" variant="filled" onClick={onToken}>
                Go to the API token
              </Button>
            )}
          </>
        }
      >
        {detail.replace(/^The API token was removed: it/, 'It')}
      </Callout>
    </div>
  ));
}
