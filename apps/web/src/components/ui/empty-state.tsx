import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

export type EmptyStep = { title: string; text: ReactNode };

type EmptyStateProps = {
  title: string;
  /** What will be here. */
  lead: ReactNode;
  steps?: readonly EmptyStep[];
  /** One button, perhaps a link beside it. */
  actions?: ReactNode;
  /** An own line drawing at the right. */
  drawing?: ReactNode;
};

/** A page that has nothing yet: what will be here, the steps to it, one button. */
export function EmptyState({ title, lead, steps = [], actions, drawing }: EmptyStateProps) {
  return (
    <section className={classes.empty} data-plain={drawing === undefined || undefined} aria-label={title}>
      <div className={classes.text}>
        <h2 className={classes.title}>{title}</h2>
        <p className={classes.lead}>{lead}</p>
        {steps.length > 0 && (
          <ol className={classes.steps}>
            {steps.map((step, index) => (
              <li key={step.title} className={classes.step}>
                <span className={classes.number} aria-hidden="true">
                  {index + 1}
                </span>
                <div>
                  <p className={classes.stepTitle}>{step.title}</p>
                  <p className={classes.stepText}>{step.text}</p>
                </div>
              </li>
            ))}
          </ol>
        )}
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
      {drawing !== undefined && <div className={classes.drawing}>{drawing}</div>}
    </section>
  );
}

const clearStyle = { padding: '40px 16px', textAlign: 'center' } as const;

/** A filter that matches nothing: "No user matches" and the way back. */
export function EmptyFilter({ text, action }: { text: string; action: ReactNode }) {
  return (
    <div style={clearStyle}>
      <p style={{ marginBottom: 12 }}>{text}</p>
      {action}
    </div>
  );
}
