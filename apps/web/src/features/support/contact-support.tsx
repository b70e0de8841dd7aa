import { endpoints } from '@gatehouse/contracts/endpoints';
import type { SupportBundle } from '@gatehouse/contracts/tracker';
import { Button, Modal } from '@mantine/core';
import { IconDownload, IconEraser, IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { ExternalLink } from '../../components/ui/external-link.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { RawText } from '../../components/ui/raw-text.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { endpointUrl } from '../../lib/api-client.ts';
import { formatCount, formatNoun } from '../../lib/format.ts';
import { supportBundleQuery } from './api.ts';
import classes from './support.module.css';

/** The bundle for a colleague: its content is shown before it leaves. */
export function ContactSupport({ trackerId }: { trackerId: string }) {
  const [isOpen, setOpen] = useState(false);
  const bundle = useQuery(supportBundleQuery(trackerId));
  return (
    <Panel title="Contact Support">
      <p className={classes.dim} style={{ marginBottom: 10 }}>
        You see what leaves before it leaves:
      </p>
      {bundle.isPending && <SkeletonRows label="Loading the bundle" rows={3} rowHeight={28} />}
      {bundle.isError && (
        <ErrorPanel
          title="The bundle could not be put together"
          error={bundle.error}
          onRetry={() => void bundle.refetch()}
        />
      )}
      {bundle.data && (
        <>
          <FileList bundle={bundle.data} />
          <Button fullWidth onClick={() => setOpen(true)}>
            Contact Support
          </Button>
          {isOpen && (
            <BundleDialog trackerId={trackerId} bundle={bundle.data} onClose={() => setOpen(false)} />
          )}
        </>
      )}
    </Panel>
  );
}

function FileList({ bundle }: { bundle: SupportBundle }) {
  return (
    <ul className={classes.files}>
      {bundle.files.map(({ name, bytes }) => (
        <li key={name} className={classes.file}>
          <IconFileText size={15} stroke={1.6} aria-hidden="true" />
          <span className={classes.fileName}>{name}</span>
          <span className={classes.size}>{sizeOf(bytes)}</span>
        </li>
      ))}
      <li className={classes.file}>
        <IconEraser size={15} stroke={1.6} aria-hidden="true" />
        <span className={classes.removed}>Removed: {removedWords(bundle)}</span>
      </li>
    </ul>
  );
}

function removedWords({ removed }: SupportBundle): string {
  if (removed.length === 0) return 'nothing had to be';
  return removed.map(({ kind, count }) => formatNoun(count, kind)).join(', ');
}

function sizeOf(bytes: number): string {
  return bytes < 1024 ? formatNoun(bytes, 'byte') : `${formatCount(Math.ceil(bytes / 1024))} KB`;
}

type BundleDialogProps = { trackerId: string; bundle: SupportBundle; onClose: () => void };

function BundleDialog({ trackerId, bundle, onClose }: BundleDialogProps) {
  const [shown, setShown] = useState(bundle.files[0]?.name ?? '');
  const file = bundle.files.find(({ name }) => name === shown);
  const { message } = bundle;
  return (
    <Modal opened onClose={onClose} title={`What support gets of tracker ${trackerId}`} size={760}>
      <div className={classes.dialog}>
        <fieldset className={classes.tabs} aria-label="File">
          {bundle.files.map(({ name }) => (
            <Button
              key={name}
              size="xs"
              variant={name === shown ? 'default' : 'subtle'}
              aria-pressed={name === shown}
              onClick={() => setShown(name)}
            >
              {name}
            </Button>
          ))}
        </fieldset>
        {file && <RawText label={file.name} text={file.content} tall />}
        <p className={classes.dim}>
          Removed: {removedWords(bundle)}. Read it through all the same: names and e-mail addresses of the
          person are in it.
        </p>
        <div className={classes.buttons}>
          <Button onClick={onClose}>Close</Button>
          <Button
            component="a"
            href={endpointUrl(endpoints.downloadSupportBundle, { params: { trackerId } })}
            download
            leftSection={<IconDownload size={15} stroke={1.8} aria-hidden="true" />}
          >
            Download
          </Button>
          {message !== null && <SendLink message={message} />}
        </div>
        {message === null && (
          <p className={classes.dim}>
            No support address is set. An administrator names one in Settings, General; then a prepared
            message stands here.
          </p>
        )}
      </div>
    </Modal>
  );
}

function SendLink({ message }: { message: NonNullable<SupportBundle['message']> }) {
  const { kind, to, subject, body } = message;
  if (kind === 'link') return <ExternalLink href={to}>Open the support page</ExternalLink>;
  const href = `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  return (
    <Button component="a" href={href} variant="filled">
      Write the e-mail
    </Button>
  );
}
