import { type Idp, type WizardStep, wizardSteps } from '@gatehouse/contracts/idp';
import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconCheck, IconCloudCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FormError } from '../../components/forms/form-error.tsx';
import { BlockedNavigation } from '../../components/ui/blocked-navigation.tsx';
import { usePageTitle } from '../../components/ui/use-page-title.ts';
import { VisuallyHidden } from '../../components/ui/visually-hidden.tsx';
import { formatTime } from '../../lib/format.ts';
import { FormNotices } from './form-notices.tsx';
import type { IdpForm } from './use-idp-form.ts';
import classes from './wizard.module.css';
import { missingOf, neighbours, wizardStepLabels } from './wizard-steps.ts';

export type WizardStepProps = {
  readonly step: WizardStep;
  readonly form: IdpForm;
  /** The draft as the server has it now: import and tests come through it. */
  readonly live: Idp;
  readonly ticks: readonly string[];
  readonly onTick: (id: string, isTicked: boolean) => void;
  /** Saves what is typed, then goes. */
  readonly onGo: (step: WizardStep) => void;
};

type WizardFrameProps = WizardStepProps & {
  readonly lead: ReactNode;
  readonly children: ReactNode;
  /** Instructions at the right. */
  readonly aside?: ReactNode;
  /** In place of *Next*. */
  readonly last?: ReactNode;
};

/** Stepper on top, the form, its instructions beside it, Back and Next below. */
export function WizardFrame(props: WizardFrameProps) {
  const { step, form, live, lead, children, aside, last, onGo } = props;
  const { back, next } = neighbours(step);
  const name = live.name === '' ? 'Add IdP' : `Add IdP: ${live.name}`;
  const missing = missingOf(step, live);
  usePageTitle(`${wizardStepLabels[step]} · ${name}`);
  return (
    <div className={classes.frame}>
      <header className={classes.head}>
        <p className={classes.title} title={name}>
          {name}
        </p>
        <Stepper step={step} live={live} onGo={onGo} />
        <DraftState form={form} live={live} />
        <FinishLater form={form} />
      </header>
      <div className={classes.panes} data-single={aside === undefined || undefined}>
        <div className={classes.formBody}>
          <h1 className={classes.stepTitle}>{wizardStepLabels[step]}</h1>
          <p className={classes.lead}>{lead}</p>
          <FormError text={form.formError} />
          <FormNotices notices={form.notices} />
          {children}
        </div>
        {aside}
        <footer className={classes.foot}>
          {back !== null && (
            <Button
              onClick={() => onGo(back)}
              leftSection={<IconArrowLeft size={15} stroke={1.8} aria-hidden="true" />}
            >
              Back
            </Button>
          )}
          <span className={classes.footNote}>{form.changes.length === 0 ? missing : null}</span>
          {last}
          {next !== null && last === undefined && (
            <Button
              variant="filled"
              loading={form.isSaving}
              onClick={() => onGo(next)}
              rightSection={<IconArrowRight size={15} stroke={1.8} aria-hidden="true" />}
            >
              {`Next: ${wizardStepLabels[next]}`}
            </Button>
          )}
        </footer>
      </div>
      <BlockedNavigation changes={form.changes} stayWithin={`/idps/new/${live.id}/`} />
    </div>
  );
}

function Stepper({ step, live, onGo }: Pick<WizardStepProps, 'step' | 'live' | 'onGo'>) {
  return (
    <nav aria-label="Steps of the wizard" className={classes.stepper}>
      <ol className={classes.steps}>
        {wizardSteps.map((one, index) => {
          const isCurrent = one === step;
          const isDone =
            !isCurrent && missingOf(one, live) === null && wizardSteps.indexOf(one) < reached(live);
          return (
            <li key={one} className={classes.step} data-current={isCurrent || undefined}>
              <button
                type="button"
                className={classes.stepButton}
                aria-current={isCurrent ? 'step' : undefined}
                onClick={() => onGo(one)}
              >
                <span className={classes.stepNumber} data-done={isDone || undefined} aria-hidden="true">
                  {isDone ? <IconCheck size={13} stroke={2.4} /> : index + 1}
                </span>
                <span className={classes.stepName}>{wizardStepLabels[one]}</span>
                {isDone && <VisuallyHidden>done</VisuallyHidden>}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** How far the wizard has been: a step that was only skipped over is not done. */
function reached({ wizard, testedAt }: Idp): number {
  return testedAt !== null ? wizardSteps.length : wizardSteps.indexOf(wizard?.step ?? 'provider') + 1;
}

function DraftState({ form, live }: { form: IdpForm; live: Idp }) {
  if (form.isSaving) return <span className={classes.draft}>Saving…</span>;
  if (form.changes.length > 0)
    return <span className={classes.draft}>Not saved: {form.changes.join(', ')}</span>;
  return (
    <span className={classes.draft}>
      <IconCloudCheck size={16} stroke={1.6} aria-hidden="true" />
      Draft saved {formatTime(live.changedAt)}
    </span>
  );
}

function FinishLater({ form }: { form: IdpForm }) {
  const navigate = useNavigate();
  const leave = async () => {
    if (form.changes.length > 0 && (await form.save()) === null) return;
    await navigate({ to: '/idps', ignoreBlocker: true });
  };
  return (
    <Button className={classes.later ?? ''} onClick={() => void leave()}>
      Finish later
    </Button>
  );
}
