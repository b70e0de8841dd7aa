import { UserUpdateFields } from './user-update-fields.tsx';
import { WizardFrame, type WizardStepProps } from './wizard-frame.tsx';

/** What a login does to the user in the directory. */
export function UsersStep(props: WizardStepProps) {
  return (
    <WizardFrame {...props} lead="What a login does to the user in the directory.">
      <UserUpdateFields form={props.form} />
    </WizardFrame>
  );
}
