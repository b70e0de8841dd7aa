import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useAnnounce } from './live-region.tsx';

const SHOWN_FOR = 2_000;

type CopyButtonProps = {
  value: string;
  /** Names the value for screen readers: "Copy callback URL". */
  label: string;
  className?: string | undefined;
  size?: 'xs' | 'sm' | 'lg';
};

/** Copies a value; "Copied" stands there for two seconds and is announced. */
export function CopyButton({ value, label, className, size = 'sm' }: CopyButtonProps) {
  const clipboard = useClipboard({ timeout: SHOWN_FOR });
  const announce = useAnnounce();
  const copy = () => {
    clipboard.copy(value);
    announce('Copied');
  };
  return (
    <Button
      className={className ?? ''}
      size={size}
      onClick={copy}
      aria-label={clipboard.copied ? 'Copied' : `Copy ${label}`}
      leftSection={
        clipboard.copied ? (
          <IconCheck size={15} stroke={2} color="var(--gh-green)" />
        ) : (
          <IconCopy size={15} stroke={1.6} />
        )
      }
    >
      {clipboard.copied ? 'Copied' : 'Copy'}
    </Button>
  );
}
