import type { Server } from '@gatehouse/contracts/server';
import { Checklist } from '../../components/ui/checklist.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { formatNoun } from '../../lib/format.ts';
import classes from './setup.module.css';

/** What the server found about itself when it started. */
export function ServerChecks({ server }: { server: Server }) {
  return (
    <section className={classes.wide} aria-labelledby="server-checks">
      <h2 className={classes.checksTitle} id="server-checks">
        This server: {summary(server)}
      </h2>
      <p className={classes.checksNote}>
        Checked when it started, <RelativeTime instant={server.startedAt} show="relative" />.
      </p>
      <Panel padded={false}>
        <Checklist
          label="Checks of this server"
          layout="stacked"
          lines={server.checks.map(({ code, state, label, fact }) => ({
            id: code,
            state,
            name: label,
            fact,
          }))}
        />
      </Panel>
      <p className={classes.next}>
        Next: connect Okta and simulate a first sync. Nothing is written before you have reviewed it.
      </p>
    </section>
  );
}

function summary({ checks }: Server): string {
  const passed = checks.filter((check) => check.state === 'passed').length;
  const warnings = checks.length - passed;
  const words = `${formatNoun(passed, 'check')} passed`;
  return warnings === 0 ? words : `${words}, ${formatNoun(warnings, 'warning')}`;
}
