import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FormError } from '../../components/forms/form-error.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { idpsQuery, useCreateIdp } from './api.ts';
import classes from './idps.module.css';
import { stepOf } from './wizard-steps.ts';

const STEPS: readonly { title: string; text: string }[] = [
  { title: 'Provider', text: 'Okta, OpenID Connect, and a name.' },
  { title: 'Register the app in Okta', text: 'You get the callback URL, and pictures of where it goes.' },
  { title: 'Credentials', text: 'Client ID, secret and domain. Import Metadata checks them one by one.' },
  { title: 'User creation and update', text: 'What a login does to the user in the directory.' },
  {
    title: 'Test login',
    text: 'With your own account, live. Nothing is written and nobody is redirected yet.',
  },
];

/** The wizard's first page: what will happen, and what is needed. */
export function WelcomePage() {
  const navigate = useNavigate();
  const create = useCreateIdp();
  const drafts = (useQuery(idpsQuery(0)).data?.items ?? []).filter(({ state }) => state === 'draft');
  const begin = () =>
    create.mutate(undefined, {
      onSuccess: ({ id }) =>
        void navigate({ to: '/idps/new/$idpId/$step', params: { idpId: id, step: 'provider' } }),
    });
  return (
    <Page>
      <PageHeader
        title="Let people log in with Okta"
        breadcrumbs={[{ key: 'sso', link: <Link to="/idps">SSO</Link> }]}
        description="Five steps, about ten minutes. You can finish later: the draft stays on the server."
      />
      <div className={classes.welcome}>
        <Panel title="What will happen">
          <ol className={classes.plan}>
            {STEPS.map(({ title, text }, index) => (
              <li key={title} className={classes.planStep}>
                <span className={classes.planNumber} aria-hidden="true">
                  {index + 1}
                </span>
                <span>
                  <strong>{title}</strong>
                  <span className={classes.second}>{text}</span>
                </span>
              </li>
            ))}
          </ol>
        </Panel>
        <div className={classes.stack}>
          <Panel title="What you need">
            <ul className={classes.needs}>
              <li>An administrator of Okta, you or somebody you can send a link to</li>
              <li>An account in Okta for the test login</li>
              <li>A connector, if logins are to update users with UserSync. You can make it on the way.</li>
            </ul>
          </Panel>
          <FormError text={create.error?.message} />
          <div>
            <Button variant="filled" onClick={begin} loading={create.isPending}>
              Add new IdP
            </Button>
          </div>
          {drafts.length > 0 && (
            <Panel title="Or go on with a draft">
              <ul className={classes.drafts}>
                {drafts.map((draft) => (
                  <li key={draft.id}>
                    <Link to="/idps/new/$idpId/$step" params={{ idpId: draft.id, step: stepOf(draft) }}>
                      <TextWithHiddenCharacters
                        text={draft.name === '' ? 'Draft without a name' : draft.name}
                      />
                    </Link>
                    <span className={classes.second}>
                      changed <RelativeTime instant={draft.changedAt} /> by{' '}
                      <TextWithHiddenCharacters text={draft.changedBy} />
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
        </div>
      </div>
    </Page>
  );
}
