import {
  IconAddressBook,
  IconApps,
  IconArrowRampRight2,
  IconKey,
  IconLayoutList,
  IconLifebuoy,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { Tile } from '../components/ui/tile.tsx';
import { formatNoun } from '../lib/format.ts';
import { useIsAdmin } from '../lib/session.ts';
import classes from './navigation.module.css';

type Entry = {
  text: string;
  to:
    | '/'
    | '/connectors'
    | '/directory/users'
    | '/idps'
    | '/redirection'
    | '/applications'
    | '/support'
    | '/settings/accounts';
  Icon: TablerIcon;
  /** Paths on which the entry is the current one. */
  covers: readonly string[];
  /** Support staff see it too. */
  support?: boolean;
};

const ENTRIES: readonly Entry[] = [
  { text: 'Overview', to: '/', Icon: IconLayoutList, covers: [] },
  { text: 'User Sync', to: '/connectors', Icon: IconUsers, covers: ['/connectors', '/runs'] },
  { text: 'Directory', to: '/directory/users', Icon: IconAddressBook, covers: ['/directory'] },
  { text: 'SSO', to: '/idps', Icon: IconKey, covers: ['/idps'] },
  { text: 'Redirection', to: '/redirection', Icon: IconArrowRampRight2, covers: ['/redirection'] },
  { text: 'Applications', to: '/applications', Icon: IconApps, covers: ['/applications'] },
  { text: 'System & Support', to: '/support', Icon: IconLifebuoy, covers: ['/support'], support: true },
  { text: 'Settings', to: '/settings/accounts', Icon: IconSettings, covers: ['/settings'], support: true },
];

/** The main navigation; what waits for a person shows on every screen. */
export function Navigation({ heldRuns, onNavigate }: { heldRuns: number; onNavigate?: () => void }) {
  const { pathname } = useLocation();
  const isAdmin = useIsAdmin();
  return (
    <nav aria-label="Main" className={classes.list}>
      {ENTRIES.filter(({ support }) => isAdmin || support).map(({ text, to, Icon, covers }) => {
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
