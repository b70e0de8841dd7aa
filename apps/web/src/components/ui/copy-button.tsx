import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useAnnounce } from './live-region.tsx';

const SHOWN_FOR = 2_000;

type CopyButtonProps = {
  value: string;
  /** Names the value for screen readers: "Copy callback URL". */
  label: string;
  /** What the button says where no field stands beside it. */
  text?: string;
  className?: string | undefined;
  size?: 'xs' | 'sm' | 'lg';
};

/** Copies a value; "Copied" stands there for two seconds and is announced. */
export function CopyButton({ value, label, text = 'Copy', className, size = 'sm' }: CopyButtonProps) {
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
      aria-label={clipboard.copied ? 'Copied' : text === 'Copy' ? `Copy ${label}` : text}
      leftSection={
        clipboard.copied ? (
          <IconCheck size={15} stroke={2} color="var(--gh-green)" />
        ) : (
          <IconCopy size={15} stroke={1.6} />
        )
      }
    >
      {clipboard.copied ? 'Copied' : text}
    </Button>
  );
}
