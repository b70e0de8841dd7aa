import { useElementSize } from '@mantine/hooks';
import { formatCount, formatDuration } from '../../lib/format.ts';
import classes from './run-chart.module.css';
import { changesOf, type RunBar, stackBar, topOfScale } from './run-chart-scale.ts';

const LABELS = 86;
const STRIP = 40;
const CHANGES_TOP = 18;
const DURATION_TOP = 70;
const HEIGHT = 138;

/** Two strips over the same columns, oldest run first: changes and duration. The table below it has the numbers. */
export function RunChart({ label, bars }: { label: string; bars: readonly RunBar[] }) {
  const { ref, width: measured } = useElementSize();
  const width = Math.max(640, measured || 640) - 32;
  const column = (width - LABELS) / Math.max(1, bars.length);
  const barWidth = Math.min(26, column * 0.6);
  const changesTop = topOfScale(bars.map(changesOf));
  const durationTop = topOfScale(bars.map((bar) => bar.duration));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section ref={ref} className={classes.scroll} aria-label={label} tabIndex={0}>
      <svg
        className={classes.chart}
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={spokenSummary(bars)}
        style={{ boxSizing: 'content-box' }}
      >
        <text x="0" y={CHANGES_TOP + STRIP - 14}>
          Changes
        </text>
        <text x="0" y={DURATION_TOP + STRIP - 8}>
          Duration
        </text>
        <line
          className={classes.axis}
          x1={LABELS}
          x2={width}
          y1={CHANGES_TOP + STRIP}
          y2={CHANGES_TOP + STRIP}
        />
        <line
          className={classes.axis}
          x1={LABELS}
          x2={width}
          y1={DURATION_TOP + STRIP}
          y2={DURATION_TOP + STRIP}
        />
        {bars.map((bar, index) => (
          <Column
            key={bar.id}
            bar={bar}
            x={LABELS + index * column + (column - barWidth) / 2}
            width={barWidth}
            changesTop={changesTop}
            durationTop={durationTop}
            noteBefore={index === bars.length - 1}
          />
        ))}
      </svg>
    </section>
  );
}

type ColumnProps = {
  bar: RunBar;
  x: number;
  width: number;
  changesTop: number;
  durationTop: number;
  /** The last column has no room behind it. */
  noteBefore: boolean;
};

function Column({ bar, x, width, changesTop, durationTop, noteBefore }: ColumnProps) {
  const middle = x + width / 2;
  const broken = changesOf(bar) > changesTop;
  const durationHeight = Math.min(1, bar.duration / durationTop) * STRIP;
  return (
    <g>
      <title>
        {`Run #${bar.id}: ${formatCount(changesOf(bar))} changes in ${formatDuration(bar.duration)}`}
      </title>
      {stackBar(bar, changesTop, STRIP).map((part) => (
        <rect
          key={part.kind}
          className={classes[part.kind]}
          x={x}
          y={CHANGES_TOP + part.y}
          width={width}
          height={part.height}
        />
      ))}
      {broken && (
        <>
          <path
            className={classes.break}
            d={`M${x - 1} ${CHANGES_TOP + STRIP - 7}l${width / 2 + 1} -5l${width / 2 + 1} 5`}
          />
          <text className={classes.number} x={middle} y={CHANGES_TOP - 5} textAnchor="middle">
            {formatCount(changesOf(bar))}
          </text>
        </>
      )}
      <rect
        className={classes.duration}
        x={x}
        y={DURATION_TOP + STRIP - Math.max(2, durationHeight)}
        width={width}
        height={Math.max(2, durationHeight)}
      />
      {bar.note !== undefined && (
        <text
          x={noteBefore ? x - 5 : x + width + 5}
          y={DURATION_TOP + 14}
          textAnchor={noteBefore ? 'end' : 'start'}
        >
          {bar.note}
        </text>
      )}
      {bar.day !== undefined && (
        <text x={middle} y={DURATION_TOP + STRIP + 18} textAnchor="middle">
          {bar.day}
        </text>
      )}
    </g>
  );
}

function spokenSummary(bars: readonly RunBar[]): string {
  const total = bars.reduce((sum, bar) => sum + changesOf(bar), 0);
  return `${bars.length} runs with ${formatCount(total)} changes. The table has the numbers.`;
}
