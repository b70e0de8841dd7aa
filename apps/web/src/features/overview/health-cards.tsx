import { whereItStands } from '@gatehouse/contracts/login-words';
import type { Overview } from '@gatehouse/contracts/overview';
import { reasonLabel } from '@gatehouse/contracts/run-words';
import {
  IconAddressBook,
  IconClock,
  IconHistory,
  IconKey,
  IconLogin2,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Glyph } from '../../components/ui/glyph.tsx';
import type { GlyphState } from '../../components/ui/state-vocabulary.ts';
import { Tile } from '../../components/ui/tile.tsx';
import { formatCount, formatDateTime, formatNoun, formatRelative, formatTime } from '../../lib/format.ts';
import { glyphOfRun, heldChanges, worstToken } from './health.ts';
import classes from './overview.module.css';

type Health = Overview['health'];

/** Token, last sync, next run, last failed login and directory: each with its state, one value, one sentence, one way on. */
export function HealthCards({ health, now }: { health: Health; now: number }) {
  return (
    <div className={classes.cards}>
      <TokenCard tokens={health.tokens} now={now} />
      <LastSyncCard run={health.lastSync} now={now} />
      <NextRunCard next={health.nextRun} now={now} />
      <LoginFailureCard failure={health.lastLoginFailure} now={now} />
      <DirectoryCard directory={health.directory} />
    </div>
  );
}

type CardProps = {
  name: string;
  Icon: TablerIcon;
  state: GlyphState;
  value: string;
  text?: ReactNode;
  children?: ReactNode;
  link?: ReactNode;
};

function Card({ name, Icon, state, value, text, children, link }: CardProps) {
  return (
    <section className={classes.card} aria-label={name}>
      <div className={classes.cardHead}>
        <Icon size={16} stroke={1.6} aria-hidden="true" />
        <h3 className={classes.cardName}>{name}</h3>
        <Glyph state={state} />
      </div>
      <p className={classes.value}>{value}</p>
      {text !== undefined && <p className={classes.text}>{text}</p>}
      {children}
      {link !== undefined && <span className={classes.link}>{link}</span>}
    </section>
  );
}

function TokenCard({ tokens, now }: { tokens: Health['tokens']; now: number }) {
  const token = worstToken(tokens);
  if (!token) {
    return (
      <Card
        name="API token"
        Icon={IconKey}
        state="not-done"
        value="No token yet"
        text="A connector reads Okta with an API token."
        link={<Link to="/connectors">User Sync</Link>}
      />
    );
  }
  const { connector, set, usedAt, updatedAt, connection } = token;
  const state = !set
    ? 'warning'
    : ({ connected: 'passed', untested: 'not-done', 'not-connected': 'failed' } as const)[connection];
  const value = !set ? 'Missing' : usedAt === null ? 'Not used yet' : `Used ${formatRelative(usedAt, now)}`;
  const age = updatedAt === null ? '' : ` Set ${formatDateTime(updatedAt, now)}.`;
  return (
    <Card
      name="API token"
      Icon={IconKey}
      state={state}
      value={value}
      text={`${connector.name}.${age} Okta ends a token after 30 days without use, or when its owner leaves.`}
      link={
        <Link to="/connectors/$connectorId/connection" params={{ connectorId: connector.id }}>
          Connection
        </Link>
      }
    />
  );
}

function LastSyncCard({ run, now }: { run: Health['lastSync']; now: number }) {
  if (!run) {
    return (
      <Card
        name="Last sync"
        Icon={IconHistory}
        state="not-done"
        value="None yet"
        text="The first one shows here with its numbers."
      />
    );
  }
  const when = formatDateTime(run.finishedAt ?? run.startedAt ?? run.queuedAt, now);
  return (
    <Card
      name="Last sync"
      Icon={IconHistory}
      state={glyphOfRun(run.state)}
      value={`${when.charAt(0).toUpperCase()}${when.slice(1)}`}
      link={
        <Link to="/runs/$runId" params={{ runId: String(run.id) }}>
          Run #{run.id}
        </Link>
      }
    >
      <span className={classes.tiles}>
        <WhatItDid run={run} />
      </span>
    </Card>
  );
}

/** Only a run that is done has changed what its counters say. */
function WhatItDid({ run: { state, reason, counters } }: { run: NonNullable<Health['lastSync']> }) {
  if (state === 'held') return <Tile state="held">{formatCount(heldChanges(counters))} held</Tile>;
  if (state !== 'done' && reason !== null) return reasonLabel(reason.code);
  const { added = 0, modified = 0, cleanedUp = 0, failed = 0 } = counters ?? {};
  return (
    <>
      <Tile state="added">{formatCount(added)} added</Tile>
      <Tile state="modified">{formatCount(modified)} modified</Tile>
      {cleanedUp > 0 && <Tile state="cleaned-up">{formatCount(cleanedUp)} cleaned up</Tile>}
      {failed > 0 && <Tile state="failed">{formatCount(failed)} failed</Tile>}
    </>
  );
}

function NextRunCard({ next, now }: { next: Health['nextRun']; now: number }) {
  if (!next) {
    return (
      <Card
        name="Next run"
        Icon={IconClock}
        state="not-done"
        value="Not scheduled"
        text="No connector has its schedule enabled."
        link={<Link to="/connectors">User Sync</Link>}
      />
    );
  }
  return (
    <Card
      name="Next run"
      Icon={IconClock}
      state="passed"
      value={`${formatTime(next.at)}, ${formatRelative(next.at, now)}`}
      text={`${next.connector.name}: ${next.words} (${next.timeZone}).`}
      link={
        <Link to="/connectors/$connectorId/sync-settings" params={{ connectorId: next.connector.id }}>
          Sync Settings
        </Link>
      }
    />
  );
}

function LoginFailureCard({ failure, now }: { failure: Health['lastLoginFailure']; now: number }) {
  if (failure === null) {
    return (
      <Card
        name="Last login failure"
        Icon={IconLogin2}
        state="passed"
        value="None"
        text="Logins that fail are kept with their steps."
        link={<Link to="/support">Tracker List</Link>}
      />
    );
  }
  const { id, startedAt, createdAt, application, idp } = failure;
  const standing = whereItStands(failure);
  return (
    <Card
      name="Last login failure"
      Icon={IconLogin2}
      state="warning"
      value={formatRelative(startedAt ?? createdAt, now)}
      text={`${application?.name ?? idp.name}: ${standing}.`}
      link={
        <Link to="/support/trackers/$trackerId" params={{ trackerId: id }}>
          Tracker {id}
        </Link>
      }
    />
  );
}

function DirectoryCard({ directory }: { directory: Health['directory'] }) {
  const { users, activeUsers, groups } = directory;
  const disabled = users - activeUsers;
  return (
    <Card
      name="Directory"
      Icon={IconAddressBook}
      state={users === 0 ? 'not-done' : 'passed'}
      value={users === 0 ? 'Empty' : formatNoun(users, 'user')}
      text={
        users === 0
          ? 'The first sync fills it.'
          : `${formatCount(activeUsers)} active, ${formatCount(disabled)} disabled, in ${formatNoun(groups, 'group')}.`
      }
      link={<Link to="/directory/users">Users</Link>}
    />
  );
}
