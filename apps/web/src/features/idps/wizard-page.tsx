import type { Idp, WizardStep } from '@gatehouse/contracts/idp';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { idpQuery } from './api.ts';
import { CredentialsStep } from './credentials-step.tsx';
import { ProviderStep } from './provider-step.tsx';
import { RegisterStep } from './register-step.tsx';
import { TestStep } from './test-step.tsx';
import { useIdpForm } from './use-idp-form.ts';
import { useWizardState } from './use-wizard-state.ts';
import { UsersStep } from './users-step.tsx';
import type { WizardStepProps } from './wizard-frame.tsx';
import { isWizardStep, stepOf } from './wizard-steps.ts';

const screens: Readonly<Record<WizardStep, (props: WizardStepProps) => ReactNode>> = {
  provider: ProviderStep,
  register: RegisterStep,
  credentials: CredentialsStep,
  users: UsersStep,
  test: TestStep,
};

/** The wizard over a draft that is on the server: every step has an address that a colleague can open. */
export function WizardPage() {
  const { idpId, step } = useParams({ from: '/app/idps/new/$idpId/$step' });
  const query = useQuery(idpQuery(idpId));
  if (query.isError && !query.data) {
    return (
      <Page>
        <PageHeader title="Add IdP" breadcrumbs={[{ key: 'sso', link: <Link to="/idps">SSO</Link> }]} />
        <ErrorPanel
          title="The draft cannot be shown"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      </Page>
    );
  }
  if (query.data === undefined) {
    return (
      <Page>
        <SkeletonRows label="Loading the draft" rows={6} rowHeight={48} />
      </Page>
    );
  }
  const idp = query.data;
  if (idp.state !== 'draft') return <Navigate to="/idps/$idpId" params={{ idpId }} replace />;
  if (!isWizardStep(step)) {
    return <Navigate to="/idps/new/$idpId/$step" params={{ idpId, step: stepOf(idp) }} replace />;
  }
  return <Wizard key={idp.id} idp={idp} step={step} />;
}

function Wizard({ idp, step }: { idp: Idp; step: WizardStep }) {
  const form = useIdpForm(idp);
  const navigate = useNavigate();
  const { ticks, onTick } = useWizardState(idp, step);

  async function go(target: WizardStep): Promise<void> {
    if (form.changes.length > 0 && (await form.save()) === null) return;
    await navigate({
      to: '/idps/new/$idpId/$step',
      params: { idpId: idp.id, step: target },
      ignoreBlocker: true,
    });
  }

  const Screen = screens[step];
  return (
    <Screen
      step={step}
      form={form}
      live={idp}
      ticks={ticks}
      onTick={onTick}
      onGo={(target) => void go(target)}
    />
  );
}
