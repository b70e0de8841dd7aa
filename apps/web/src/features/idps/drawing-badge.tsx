import classes from './drawing.module.css';

type DrawingBadgeProps = {
  x: number;
  y: number;
  /** That of the step in the list. */
  number: number;
  /** The step is ticked off. */
  isDone: boolean;
  /** The step that the drawing is about. */
  solid?: boolean;
};

/** The number of a step in a drawing; a tick when it is done. */
export function DrawingBadge({ x, y, number, isDone, solid = false }: DrawingBadgeProps) {
  if (isDone) {
    return (
      <>
        <circle className={classes.badgeDone} cx={x} cy={y} r="10" />
        <path className={classes.badgeTick} d={`m${x - 4} ${y + 0.5} 3 3 5.5 -6.5`} />
      </>
    );
  }
  return (
    <>
      <circle className={solid ? classes.badgeSolid : classes.badge} cx={x} cy={y} r="10" />
      <text
        className={solid ? classes.badgeTextSolid : classes.badgeText}
        x={x}
        y={y + 4}
        textAnchor="middle"
      >
        {number}
      </text>
    </>
  );
}
