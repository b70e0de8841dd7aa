import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconLink, IconX } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import classes from './details-pane.module.css';
import { useAnnounce } from './live-region.tsx';

type DetailsPaneProps = {
  /** Read out as the name of the pane. */
  label: string;
  title: ReactNode;
  subtitle?: ReactNode;
  /** A tile before the title. */
  symbol?: ReactNode;
  pills?: ReactNode;
  onClose: () => void;
  /** Left out at either end of the list. */
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  children: ReactNode;
};

/** The details of a row beside its list. Not modal: the list keeps its keys, Escape closes, the URL is a link. */
export function DetailsPane(props: DetailsPaneProps) {
  const announce = useAnnounce();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') props.onClose();
  };
  const copyLink = async () => {
    await navigator.clipboard.writeText(window.location.href);
    announce('Link copied');
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <aside className={classes.pane} aria-label={props.label} tabIndex={0} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        {props.symbol !== undefined && <span className={classes.symbol}>{props.symbol}</span>}
        <div className={classes.text}>
          <h2 className={classes.title}>{props.title}</h2>
          {props.subtitle !== undefined && <p className={classes.subtitle}>{props.subtitle}</p>}
          {props.pills !== undefined && <div className={classes.pills}>{props.pills}</div>}
        </div>
        <div className={classes.tools}>
          <ActionIcon aria-label="Previous row" disabled={!props.onPrevious} onClick={props.onPrevious}>
            <IconChevronUp size={17} stroke={1.7} />
          </ActionIcon>
          <ActionIcon aria-label="Next row" disabled={!props.onNext} onClick={props.onNext}>
            <IconChevronDown size={17} stroke={1.7} />
          </ActionIcon>
          <ActionIcon aria-label="Copy link to this row" onClick={() => void copyLink()}>
            <IconLink size={17} stroke={1.7} />
          </ActionIcon>
          <ActionIcon aria-label="Close details" onClick={props.onClose}>
            <IconX size={17} stroke={1.7} />
          </ActionIcon>
        </div>
      </div>
      {props.children}
    </aside>
  );
}

/** A part of the pane, with a hairline below. */
export function DetailsSection({ title, children }: { title?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      {title !== undefined && <h3 className={classes.sectionTitle}>{title}</h3>}
      {children}
    </section>
  );
}
