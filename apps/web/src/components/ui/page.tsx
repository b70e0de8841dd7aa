import type { ReactNode } from 'react';
import classes from './page.module.css';
import { usePageTitle } from './use-page-title.ts';

/** The content of a normal page: 24 and 32 px around, at most 1216 px wide, at the left. */
export function Page({ children }: { children: ReactNode }) {
  return <div className={classes.page}>{children}</div>;
}

type PageHeaderProps = {
  title: string;
  /** The title as drawn, when it is more than its text. */
  children?: ReactNode;
  /** Links of the pages above, in their order. */
  breadcrumbs?: readonly { key: string; link: ReactNode }[];
  /** The state of the whole thing, beside the title. */
  pill?: ReactNode;
  /** Dim facts after the pill. */
  meta?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
};

/** Title of a page with the way up, its state and its actions. */
export function PageHeader(props: PageHeaderProps) {
  const { title, children, breadcrumbs, pill, meta, description, actions } = props;
  usePageTitle(title);
  return (
    <header className={classes.header}>
      <div>
        {breadcrumbs && (
          <nav aria-label="Breadcrumbs">
            <ol className={classes.breadcrumbs}>
              {breadcrumbs.map(({ key, link }, index) => (
                <li key={key}>
                  {index > 0 && <span aria-hidden="true">/</span>}
                  {link}
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className={classes.titleLine}>
          <h1 className={classes.title}>{children ?? title}</h1>
          {pill}
          {meta !== undefined && <span className={classes.meta}>{meta}</span>}
        </div>
        {description !== undefined && <p className={classes.description}>{description}</p>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}

/** Head of a part of a page. */
export function SectionTitle({ children }: { children: ReactNode }) {
  return <h2 className={classes.sectionTitle}>{children}</h2>;
}

type SettingsSectionProps = { title: string; text?: ReactNode; children: ReactNode };

/** Title and explanation at the left (248 px), controls at the right; a hairline between sections. */
export function SettingsSection({ title, text, children }: SettingsSectionProps) {
  return (
    <section className={classes.settings} aria-label={title}>
      <div>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {text !== undefined && <p className={classes.settingsText}>{text}</p>}
      </div>
      <div>{children}</div>
    </section>
  );
}
