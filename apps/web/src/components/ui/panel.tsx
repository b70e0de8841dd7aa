import { type ReactNode, useId } from 'react';
import classes from './panel.module.css';

type PanelProps = {
  title?: ReactNode;
  /** Dim text after the title. */
  note?: ReactNode;
  /** At the right of the head. */
  action?: ReactNode;
  foot?: ReactNode;
  /** Lists and tables touch the border; other content keeps its distance. */
  padded?: boolean;
  sunken?: boolean;
  children: ReactNode;
};

/** A framed part of a page: one line, no shadow. */
export function Panel({ title, note, action, foot, padded = true, sunken = false, children }: PanelProps) {
  const titleId = useId();
  return (
    <section
      className={classes.panel}
      data-sunken={sunken || undefined}
      aria-labelledby={title === undefined ? undefined : titleId}
    >
      {title !== undefined && (
        <div className={classes.head}>
          <div className={classes.titleBlock}>
            <h2 className={classes.title} id={titleId}>
              {title}
            </h2>
            {note !== undefined && <span className={classes.note}>{note}</span>}
          </div>
          {action}
        </div>
      )}
      <div className={padded ? classes.body : undefined}>{children}</div>
      {foot !== undefined && <div className={classes.foot}>{foot}</div>}
    </section>
  );
}
