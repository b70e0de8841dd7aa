import type { Application } from '@gatehouse/contracts/application';
import { SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyButton } from '../../components/ui/copy-button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { SectionTitle } from '../../components/ui/page.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { snippetsQuery } from './api.ts';
import classes from './redirection.module.css';

/** What to paste into the product or its proxy, for the chosen application. */
export function ProxyHelp({ applications }: { applications: readonly Application[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const application = applications.find(({ id }) => id === chosen) ?? applications[0];
  if (application === undefined) return null;
  return (
    <section className={classes.section} aria-label="What the products or their proxy need">
      <div className={classes.sectionHead}>
        <div>
          <SectionTitle>What the products or their proxy need</SectionTitle>
          <p className={classes.facts}>
            A redirect works only where the login page asks Gatehouse. Ready to paste.
          </p>
        </div>
        <Select
          aria-label="Application"
          className={classes.choice}
          value={application.id}
          onChange={setChosen}
          data={applications.map(({ id, name }) => ({ value: id, label: name }))}
          allowDeselect={false}
        />
      </div>
      <Snippets key={application.id} applicationId={application.id} />
    </section>
  );
}

function Snippets({ applicationId }: { applicationId: string }) {
  const query = useQuery(snippetsQuery(applicationId));
  const [target, setTarget] = useState<string | null>(null);
  if (query.isError) {
    return (
      <ErrorPanel
        title="The texts could not be read"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (query.data === undefined) return <SkeletonRows label="Loading the texts" rows={4} rowHeight={32} />;
  const { snippets } = query.data;
  const snippet = snippets.find((one) => one.target === target) ?? snippets[0];
  if (snippet === undefined) return null;
  return (
    <Panel>
      <div className={classes.snippetHead}>
        <SegmentedControl
          aria-label="Where it goes"
          value={snippet.target}
          onChange={setTarget}
          data={snippets.map((one) => ({ value: one.target, label: one.label }))}
        />
        <CopyButton value={snippet.text} label={`the text for ${snippet.label}`} />
      </div>
      <p className={classes.facts}>{snippet.where}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className={classes.code} tabIndex={0} aria-label={`Text for ${snippet.label}`}>
        {snippet.text}
      </section>
    </Panel>
  );
}
