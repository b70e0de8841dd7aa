import {
  IconAddressBook,
  IconLayoutList,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { Tile } from '../components/ui/tile.tsx';
import { formatNoun } from '../lib/format.ts';
import classes from './navigation.module.css';

type Entry = {
  text: string;
  to: '/' | '/connectors' | '/directory/users' | '/settings/accounts';
  Icon: TablerIcon;
  /** Paths on which the entry is the current one. */
  covers: readonly string[];
};

const ENTRIES: readonly Entry[] = [
  { text: 'Overview', to: '/', Icon: IconLayoutList, covers: [] },
  { text: 'User Sync', to: '/connectors', Icon: IconUsers, covers: ['/connectors', '/runs'] },
  { text: 'Directory', to: '/directory/users', Icon: IconAddressBook, covers: ['/directory'] },
  { text: 'Settings', to: '/settings/accounts', Icon: IconSettings, covers: ['/settings'] },
];

/** The main navigation; what waits for a person shows on every screen. */
export function Navigation({ heldRuns, onNavigate }: { heldRuns: number; onNavigate?: () => void }) {
  const { pathname } = useLocation();
  return (
    <nav aria-label="Main" className={classes.list}>
      {ENTRIES.map(({ text, to, Icon, covers }) => {
        const current = covers.some((path) => pathname === path || pathname.startsWith(`${path}/`));
        const held = to === '/connectors' && heldRuns > 0;
        return (
          <Link
            key={to}
            to={to}
            className={classes.row}
            aria-current={current || pathname === to ? 'page' : undefined}
            title={text}
            onClick={onNavigate}
          >
            <span className={classes.icon}>
              <Icon size={17} stroke={1.6} aria-hidden="true" />
            </span>
            <span className={classes.text}>{text}</span>
            {held && (
              <span className={classes.held}>
                <Tile state="held" solid wordHidden>
                  {formatNoun(heldRuns, 'run')} held
                </Tile>
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
