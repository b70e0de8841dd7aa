import type { EndpointResult } from '@gatehouse/contracts/endpoint';
import type { endpoints } from '@gatehouse/contracts/endpoints';
import { generalSettingsSchema } from '@gatehouse/contracts/general-settings';
import { NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { FormError } from '../../components/forms/form-error.tsx';
import { useZodForm } from '../../components/forms/use-zod-form.ts';
import { BlockedNavigation } from '../../components/ui/blocked-navigation.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { SettingsSection } from '../../components/ui/page.tsx';
import { SaveBar } from '../../components/ui/save-bar.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { isApiError } from '../../lib/api-error.ts';
import { formatDateTime } from '../../lib/format.ts';
import { generalSettingsQuery, useChangeGeneralSettings } from './api.ts';
import classes from './settings.module.css';

type Answer = EndpointResult<typeof endpoints.getGeneralSettings>;
type Values = z.input<typeof generalSettingsSchema>;

/** `/settings/general`: what people see of this installation on the pages of a login. */
export function GeneralTab() {
  const query = useQuery(generalSettingsQuery);
  if (query.isError && !query.data) {
    return (
      <ErrorPanel
        title="The settings could not be read"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (query.data === undefined) return <SkeletonRows label="Loading the settings" rows={4} rowHeight={56} />;
  return <GeneralForm key={query.data.version} saved={query.data} onReload={() => void query.refetch()} />;
}

const labels: Readonly<Record<keyof Values, string>> = {
  organizationName: 'Name of the organization',
  supportAddress: 'Support address',
  supportText: 'Support text',
  trackerDays: 'Days that trackers are kept',
};

function GeneralForm({ saved, onReload }: { saved: Answer; onReload: () => void }) {
  const { organizationName, supportAddress, supportText, trackerDays, changedAt, changedBy } = saved;
  // What stands here belongs to this version, also while a newer one arrives.
  const [version] = useState(saved.version);
  const change = useChangeGeneralSettings();
  const announce = useAnnounce();
  const initialValues: Values = { organizationName, supportAddress, supportText, trackerDays };
  const form = useZodForm({ initialValues, schema: generalSettingsSchema });
  const changes = (Object.keys(labels) as (keyof Values)[])
    .filter((key) => form.values[key] !== initialValues[key])
    .map((key) => labels[key]);
  const submit = form.onSubmit((values) => {
    form.clearServerError();
    change.mutate(
      { ...values, expectedVersion: version },
      {
        onSuccess: () => announce('Saved'),
        onError: (error) => {
          if (isApiError(error, 'version-conflict')) onReload();
          form.showServerError(error);
        },
      },
    );
  });
  return (
    <>
      <form onSubmit={submit} noValidate>
        <FormError text={form.formError} />
        <SettingsSection title="Organization" text="Stands on the pages that people see while they log in.">
          <div className={`${classes.form} ${classes.fields}`}>
            <TextInput
              {...form.getInputProps('organizationName')}
              label={labels.organizationName}
              autoComplete="off"
            />
          </div>
        </SettingsSection>
        <SettingsSection
          title="Support"
          text="Where somebody turns who cannot log in, and where Contact Support sends a tracker."
        >
          <div className={`${classes.form} ${classes.fields}`}>
            <TextInput
              {...form.getInputProps('supportAddress')}
              label={labels.supportAddress}
              description="An e-mail address, or the https:// address of your service desk."
              autoComplete="off"
            />
            <TextInput
              {...form.getInputProps('supportText')}
              label={labels.supportText}
              description="One sentence under every error page, as in: Call 4711 from 8 to 18."
              autoComplete="off"
            />
          </div>
        </SettingsSection>
        <SettingsSection title="Trackers" text="Traces of tests and of logins that failed.">
          <NumberInput
            className={classes.days ?? ''}
            {...form.getInputProps('trackerDays')}
            label={labels.trackerDays}
            description="1 to 90. Older ones are deleted by themselves."
            min={1}
            max={90}
            allowDecimal={false}
            hideControls
          />
        </SettingsSection>
        <button type="submit" hidden tabIndex={-1} aria-hidden="true" />
      </form>
      <SaveBar
        changes={changes}
        savedText={
          changedAt === null
            ? 'These are the values of a new installation'
            : `Saved ${formatDateTime(changedAt)} by ${changedBy}`
        }
        unsaved={changedAt === null}
        primary="save"
        busy={change.isPending ? 'save' : null}
        onSave={() => submit()}
        onDiscard={() => form.reset()}
      />
      <BlockedNavigation changes={changes} />
    </>
  );
}
