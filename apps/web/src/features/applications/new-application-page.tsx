import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { useCreateApplication } from './api.ts';
import { ApplicationFields, useApplicationForm } from './application-form.tsx';
import classes from './applications.module.css';

/** Adds an application. */
export function NewApplicationPage() {
  const navigate = useNavigate();
  const create = useCreateApplication();
  const form = useApplicationForm({ name: '', kind: 'jira', baseUrl: '', jsm: false });
  const submit = form.onSubmit((values) => {
    form.clearServerError();
    create.mutate(
      { ...values, jsm: values.kind === 'jira' && values.jsm },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: '/applications/$applicationId', params: { applicationId: id }, replace: true }),
        onError: form.showServerError,
      },
    );
  });
  return (
    <Page>
      <PageHeader
        title="Add application"
        breadcrumbs={[{ key: 'list', link: <Link to="/applications">Applications</Link> }]}
      />
      <ApplicationFields
        form={form}
        onSubmit={submit}
        buttons={
          <div className={classes.buttons}>
            <Button type="submit" variant="filled" loading={create.isPending}>
              Add application
            </Button>
            <ButtonLink to="/applications">Cancel</ButtonLink>
          </div>
        }
      />
    </Page>
  );
}
