import classes from './drawing.module.css';
import { DrawingBadge } from './drawing-badge.tsx';

const WIDTH = 464;

/** Our own line drawing of Okta’s page *New Web App Integration*; its numbers are those of the list. */
export function RegisterDrawing({ callbackUrl, ticks }: { callbackUrl: string; ticks: readonly string[] }) {
  return (
    <svg
      className={classes.drawing}
      viewBox={`0 0 ${WIDTH} 346`}
      role="img"
      aria-label={`Our own drawing of the page New Web App Integration: ${callbackUrl} stands in the field Sign-in redirect URIs`}
    >
      <rect className={classes.side} width={WIDTH} height="34" />
      <circle className={classes.dot} cx="18" cy="17" r="4" />
      <circle className={classes.dot} cx="32" cy="17" r="4" />
      <circle className={classes.dot} cx="46" cy="17" r="4" />
      <text className={classes.dim} x="64" y="21">
        New Web App Integration
      </text>
      <text className={classes.label} x="24" y="64">
        App integration name
      </text>
      <rect className={classes.field} x="170" y="48" width="262" height="24" rx="4" />
      <text className={classes.text} x="180" y="64">
        Atlassian via Gatehouse
      </text>
      <DrawingBadge x={440} y={60} number={3} isDone={ticks.includes('name')} />
      <text className={classes.label} x="24" y="98">
        Grant type
      </text>
      <rect className={classes.ticked} x="170" y="88" width="12" height="12" rx="3" />
      <text className={classes.label} x="190" y="98">
        Authorization Code
      </text>
      <line className={classes.line} x1="24" x2="440" y1="116" y2="116" />
      <rect className={classes.highlight} x="12" y="126" width="440" height="58" rx="5" />
      <text className={classes.strong} x="24" y="145">
        Sign-in redirect URIs
      </text>
      <rect className={classes.chosen} x="24" y="152" width="400" height="24" rx="4" />
      <text className={classes.mono} x="33" y="168">
        {callbackUrl.length > 62 ? `${callbackUrl.slice(0, 61)}…` : callbackUrl}
      </text>
      <DrawingBadge x={428} y={164} number={4} isDone={ticks.includes('paste')} solid />
      <text className={classes.label} x="24" y="208">
        Sign-out redirect URIs
      </text>
      <rect className={classes.dashed} x="170" y="194" width="236" height="22" rx="4" />
      <text className={classes.dim} x="180" y="209">
        can stay empty
      </text>
      <line className={classes.line} x1="24" x2="440" y1="232" y2="232" />
      <text className={classes.strong} x="24" y="255">
        Assignments
      </text>
      <circle className={classes.radioChosen} cx="176" cy="251" r="6" />
      <circle className={classes.radioDot} cx="176" cy="251" r="2.6" />
      <text className={classes.text} x="190" y="255">
        Allow everyone in your organization
      </text>
      <circle className={classes.radio} cx="176" cy="274" r="6" />
      <text className={classes.label} x="190" y="278">
        Limit access to selected groups
      </text>
      <DrawingBadge x={440} y={251} number={5} isDone={ticks.includes('assign')} />
      <rect className={classes.side} y="296" width={WIDTH} height="50" />
      <text className={classes.label} x="330" y="325">
        Cancel
      </text>
      <rect className={classes.button} x="378" y="309" width="58" height="24" rx="4" />
      <text className={classes.buttonText} x="393" y="325">
        Save
      </text>
      <DrawingBadge x={436} y={309} number={6} isDone={ticks.includes('save')} />
    </svg>
  );
}
