import type { Run } from '@gatehouse/contracts/run';
import { IconShieldCheck } from '@tabler/icons-react';
import { type KeyValue, KeyValueList } from '../../components/ui/key-value-list.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime, useNow } from '../../components/ui/times.tsx';
import { formatCount, formatExactTime } from '../../lib/format.ts';
import { Meter } from './meter.tsx';
import classes from './run-page.module.css';
import { isRunActive, runDurationWords } from './run-state-words.ts';
import { aboutDuration, timeLeft } from './time-left.ts';

/** Beside the work: time left, the source's rate limit, and what is not at risk. */
export function RunAside({ run }: { run: Run }) {
  const active = isRunActive(run.state);
  return (
    <aside className={classes.aside} aria-label="About this run">
      {active ? <TimeLeftPanel run={run} /> : <RunFacts run={run} />}
      <RateLimits run={run} />
      {(run.state === 'queued' || run.state === 'reading' || run.state === 'planning') && (
        <NothingWritten run={run} />
      )}
      {run.state === 'applying' && <WrittenWholly />}
    </aside>
  );
}

/** What stays of a run that is over or held. */
function RunFacts({ run }: { run: Run }) {
  const items: KeyValue[] = [
    { key: 'Connector', value: <TextWithHiddenCharacters text={run.connector.name} /> },
    { key: 'Settings version', value: formatCount(run.settingsVersion) },
    { key: 'Queued', value: <RelativeTime instant={run.queuedAt} show="both" /> },
  ];
  if (run.finishedAt !== null) {
    items.push({ key: 'Ended', value: <RelativeTime instant={run.finishedAt} show="both" /> });
    items.push({ key: 'Took', value: runDurationWords(run) });
  }
  if (run.reviewed !== null) {
    const { at, by } = run.reviewed;
    items.push({
      key: 'Reviewed',
      value: (
        <>
          <RelativeTime instant={at} /> by <TextWithHiddenCharacters text={by} />
        </>
      ),
    });
  }
  return (
    <Panel title="Facts">
      <KeyValueList items={items} />
    </Panel>
  );
}

function TimeLeftPanel({ run }: { run: Run }) {
  const now = useNow(1000);
  const left = timeLeft(run, now);
  if (left === null) return null;
  return (
    <Panel>
      <p className={classes.asideLabel}>Time left</p>
      <p className={classes.timeLeft}>{aboutDuration(left.milliseconds)}</p>
      <p className={classes.asideText}>{`${left.stage} ends about ${formatExactTime(left.endsAt)}.`}</p>
    </Panel>
  );
}

function RateLimits({ run }: { run: Run }) {
  const limits = run.progress?.rateLimits ?? [];
  if (run.state !== 'reading' || limits.length === 0) return null;
  return (
    <Panel title="Okta’s rate limit">
      <div className={classes.limits}>
        {limits.map(({ bucket, label, limit, used, freeAt }) => (
          <div key={bucket}>
            <p className={classes.limit}>
              <strong>{label}</strong>
              <span>{usedOf(used, limit)}</span>
            </p>
            <Meter
              quiet
              label={`${label}: calls used`}
              value={limit === 0 ? null : used / limit}
              text={usedOf(used, limit)}
            />
            {freeAt !== null && (
              <p className={classes.asideText}>{`Free again at ${formatExactTime(freeAt)}`}</p>
            )}
          </div>
        ))}
      </div>
    </Panel>
  );
}

function usedOf(used: number, limit: number): string {
  return `${formatCount(used)} of ${formatCount(limit)} used`;
}

function NothingWritten({ run }: { run: Run }) {
  const end =
    run.intent === 'simulate'
      ? 'A simulation never writes to the directory.'
      : 'If reading stops half-way, the plan removes nobody.';
  return (
    <Panel>
      <div className={classes.safe}>
        <IconShieldCheck size={22} stroke={1.6} aria-hidden="true" />
        <p>
          <strong>Nothing is written yet.</strong> {end}
        </p>
      </div>
    </Panel>
  );
}

function WrittenWholly() {
  return (
    <Panel>
      <div className={classes.safe}>
        <IconShieldCheck size={22} stroke={1.6} aria-hidden="true" />
        <p>
          <strong>Every person is written wholly or not at all.</strong> After an interruption the run goes on
          where it stopped.
        </p>
      </div>
    </Panel>
  );
}
