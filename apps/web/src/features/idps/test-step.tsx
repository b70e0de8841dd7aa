import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { FormError } from '../../components/forms/form-error.tsx';
import { Callout } from '../../components/ui/callout.tsx';
import { useFinishIdp } from './api.ts';
import { LiveTest } from './live-test.tsx';
import classes from './wizard.module.css';
import { WizardFrame, type WizardStepProps } from './wizard-frame.tsx';
import { firstUnfinished, wizardStepLabels } from './wizard-steps.ts';

/** A test login, live; then *Save and Close*. */
export function TestStep(props: WizardStepProps) {
  const { live, form, onGo } = props;
  const navigate = useNavigate();
  const finish = useFinishIdp(live.id);
  const unfinished = firstUnfinished(live);
  const isTested = live.testedAt !== null;
  async function close(): Promise<void> {
    const saved = await form.save();
    if (saved === null) return;
    finish.mutate(saved.settingsVersion, {
      onSuccess: ({ id }) =>
        void navigate({ to: '/idps/$idpId/users', params: { idpId: id }, ignoreBlocker: true }),
    });
  }
  return (
    <WizardFrame
      {...props}
      lead="Log in once with your own account. The steps appear here as they happen, and nothing is written."
      last={
        <Button
          variant={isTested ? 'filled' : 'default'}
          disabled={unfinished !== null}
          loading={finish.isPending || form.isSaving}
          onClick={() => void close()}
        >
          Save and Close
        </Button>
      }
    >
      <FormError text={finish.error?.message} />
      {unfinished === null ? (
        <>
          <LiveTest idp={live} />
          {!isTested && (
            <p className={classes.dim}>
              Save and Close works without a test too. The IdP is then marked untested, and redirection stays
              locked until a test login has passed.
            </p>
          )}
        </>
      ) : (
        <Callout
          kind="warning"
          title={unfinished.missing}
          actions={
            <Button
              onClick={() => onGo(unfinished.step)}
            >{`Go to ${wizardStepLabels[unfinished.step]}`}</Button>
          }
        >
          A test login is possible as soon as that is done.
        </Callout>
      )}
    </WizardFrame>
  );
}
