import { CredentialsDrawing } from './credentials-drawing.tsx';
import { CredentialsFields } from './credentials-fields.tsx';
import { ImportPanel } from './import-panel.tsx';
import { credentialsInstructions } from './okta-instructions.tsx';
import { OktaPane } from './okta-pane.tsx';
import { useImport } from './use-import.ts';
import { WizardFrame, type WizardStepProps } from './wizard-frame.tsx';

/** Client ID, secret, domain, and *Import Metadata*. */
export function CredentialsStep(props: WizardStepProps) {
  const { form, live, ticks, onTick } = props;
  const metadata = useImport(form);
  const isOkta = form.values.settings.preset === 'okta';
  return (
    <WizardFrame
      {...props}
      lead={
        isOkta ? 'From the page that Okta showed after Save.' : 'From the client that you registered there.'
      }
      aside={
        isOkta ? (
          <OktaPane
            domain={form.values.settings.domain}
            steps={credentialsInstructions}
            drawing={{ after: 'client-secret', element: <CredentialsDrawing ticks={ticks} /> }}
            ticks={ticks}
            onTick={onTick}
          />
        ) : undefined
      }
    >
      <CredentialsFields form={form} metadata={metadata} />
      <ImportPanel idp={live} metadata={metadata} />
    </WizardFrame>
  );
}
