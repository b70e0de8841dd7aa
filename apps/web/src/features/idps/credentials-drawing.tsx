import classes from './drawing.module.css';
import { DrawingBadge } from './drawing-badge.tsx';

/** Our own line drawing of the app’s page in Okta, tab *General*. */
export function CredentialsDrawing({ ticks }: { ticks: readonly string[] }) {
  return (
    <svg
      className={classes.drawing}
      viewBox="0 0 464 256"
      role="img"
      aria-label="Our own drawing of the app’s page in Okta: tab General with the Client ID and the button that copies the client secret"
    >
      <rect className={classes.side} width="464" height="34" />
      <circle className={classes.dot} cx="18" cy="17" r="4" />
      <circle className={classes.dot} cx="32" cy="17" r="4" />
      <circle className={classes.dot} cx="46" cy="17" r="4" />
      <text className={classes.dim} x="64" y="21">
        Atlassian via Gatehouse
      </text>
      <text className={classes.accentText} x="24" y="62">
        General
      </text>
      <text className={classes.label} x="84" y="62">
        Sign On
      </text>
      <text className={classes.label} x="146" y="62">
        Assignments
      </text>
      <line className={classes.line} x1="0" x2="464" y1="72" y2="72" />
      <line className={classes.accentLine} x1="24" x2="68" y1="71" y2="71" />
      <text className={classes.strong} x="24" y="100">
        Client Credentials
      </text>
      <text className={classes.label} x="24" y="130">
        Client ID
      </text>
      <rect className={classes.field} x="146" y="114" width="250" height="24" rx="4" />
      <text className={classes.mono} x="156" y="130">
        0oa9f2kd7QxLwYb3R5d7
      </text>
      <rect className={classes.chosen} x="404" y="114" width="26" height="24" rx="4" />
      <CopySign x={417} y={126} />
      <DrawingBadge x={430} y={114} number={1} isDone={ticks.includes('client-id')} />
      <line className={classes.line} x1="24" x2="440" y1="156" y2="156" />
      <text className={classes.dim} x="24" y="180">
        CLIENT SECRETS
      </text>
      <rect className={classes.highlight} x="12" y="192" width="440" height="42" rx="5" />
      <text className={classes.text} x="24" y="217">
        17 Nov 2026
      </text>
      <text className={classes.text} x="146" y="217">
        ••••••••••••••••
      </text>
      <text className={classes.label} x="318" y="217">
        Active
      </text>
      <rect className={classes.chosen} x="404" y="201" width="26" height="24" rx="4" />
      <CopySign x={417} y={213} />
      <DrawingBadge x={430} y={201} number={2} isDone={ticks.includes('client-secret')} solid />
    </svg>
  );
}

/** Two sheets, as on Okta’s copy buttons. */
function CopySign({ x, y }: { x: number; y: number }) {
  return (
    <>
      <rect className={classes.sheet} x={x - 6} y={y - 6} width="8" height="9" rx="1.5" />
      <rect className={classes.sheet} x={x - 3} y={y - 3} width="8" height="9" rx="1.5" />
    </>
  );
}
