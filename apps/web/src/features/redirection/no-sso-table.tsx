import { type Application, applicationKindLabels } from '@gatehouse/contracts/application';
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { CopyField } from '../../components/ui/copy-field.tsx';
import { DataTable } from '../../components/ui/data-table.tsx';
import { ExternalLink } from '../../components/ui/external-link.tsx';
import { SectionTitle } from '../../components/ui/page.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import classes from './redirection.module.css';

/** The addresses of the local login pages. */
export function NoSsoTable({ applications }: { applications: readonly Application[] }) {
  const rows = applications.flatMap(({ id, name, kind, noSsoUrls }) =>
    noSsoUrls.map(({ label, url }) => ({
      key: `${id} ${url}`,
      name,
      // Which of several: Bamboo has two by its version, Jira one more for the portal.
      label: noSsoUrls.length > 1 && label !== applicationKindLabels[kind] ? label : '',
      url,
    })),
  );
  return (
    <section className={classes.section} aria-label="The way round: nosso">
      <div className={classes.sectionHead}>
        <div>
          <SectionTitle>The way round: nosso</SectionTitle>
          <p className={classes.facts}>
            These URLs always show the local login page. Keep them where you find them when Okta is down.
          </p>
        </div>
        <Button
          leftSection={<IconPrinter size={15} stroke={1.8} aria-hidden="true" />}
          onClick={() => window.print()}
        >
          Print this table
        </Button>
      </div>
      <Panel padded={false}>
        <DataTable
          caption="nosso URLs"
          rows={rows}
          rowKey={({ key }) => key}
          columns={[
            {
              key: 'name',
              header: 'Application',
              cell: ({ name, label }) => (
                <>
                  <TextWithHiddenCharacters text={name} />
                  {label !== '' && <span className={classes.facts}> {label}</span>}
                </>
              ),
            },
            {
              key: 'url',
              header: 'URL of its local login page',
              width: '60%',
              cell: ({ name, label, url }) => (
                <CopyField
                  label={label === '' ? `nosso URL of ${name}` : `nosso URL of ${name}, ${label}`}
                  labelHidden
                  value={url}
                />
              ),
            },
            {
              key: 'try',
              header: 'Try it',
              headerHidden: true,
              align: 'right',
              cell: ({ url }) => <ExternalLink href={url}>Try it</ExternalLink>,
            },
          ]}
        />
      </Panel>
    </section>
  );
}
