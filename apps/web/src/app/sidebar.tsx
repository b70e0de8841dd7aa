import { ActionIcon } from '@mantine/core';
import { IconMasksTheater, IconMenu2, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Logo } from '../components/ui/logo.tsx';
import { VisuallyHidden } from '../components/ui/visually-hidden.tsx';
import { serverQuery } from '../lib/session.ts';
import classes from './app-layout.module.css';
import { Navigation } from './navigation.tsx';
import { SidebarFoot } from './sidebar-foot.tsx';
import { useNavigationBadges } from './use-navigation-badges.ts';

/** The navigation at the left: sidebar, rail, or on a phone a bar with a menu. */
export function Sidebar({ form }: { form: 'full' | 'rail' | 'phone' }) {
  const { heldRuns } = useNavigationBadges();
  const [opened, setOpened] = useState(false);
  if (form !== 'phone') {
    return (
      <aside className={classes.sidebar} aria-label="Sidebar">
        <Brand />
        <RehearsalLink />
        <Navigation heldRuns={heldRuns} />
        <SidebarFoot />
      </aside>
    );
  }
  const Icon = opened ? IconX : IconMenu2;
  return (
    <aside className={classes.sidebar} aria-label="Sidebar">
      <div className={classes.phoneBar}>
        <Brand />
        <ActionIcon
          aria-label={opened ? 'Close the menu' : 'Open the menu'}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <Icon size={20} stroke={1.7} />
        </ActionIcon>
      </div>
      {opened && (
        <>
          <RehearsalLink />
          <Navigation heldRuns={heldRuns} onNavigate={() => setOpened(false)} />
          <SidebarFoot />
        </>
      )}
    </aside>
  );
}

function Brand() {
  const server = useQuery(serverQuery).data;
  return (
    <Link to="/" className={classes.brand}>
      <Logo />
      <span className={classes.words}>
        <span className={classes.product}>Gatehouse</span>
        {server && <span className={classes.host}>{new URL(server.publicUrl).host}</span>}
      </span>
    </Link>
  );
}

function RehearsalLink() {
  const url = useQuery(serverQuery).data?.rehearsalUrl;
  if (!url) return null;
  return (
    <a
      className={classes.rehearsal}
      href={url}
      target="_blank"
      rel="noreferrer"
      title="Open the rehearsal Okta"
    >
      <IconMasksTheater size={16} stroke={1.6} aria-hidden="true" />
      <span className={classes.words}>Rehearsal Okta</span>
      <VisuallyHidden> (opens in a new tab)</VisuallyHidden>
    </a>
  );
}
