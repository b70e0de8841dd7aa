import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '../../components/ui/copy-button.tsx';
import { CopyField } from '../../components/ui/copy-field.tsx';
import { Glyph } from '../../components/ui/glyph.tsx';
import { serverQuery } from '../../lib/session.ts';
import { registerInstructions } from './okta-instructions.tsx';
import { OktaPane } from './okta-pane.tsx';
import { RegisterDrawing } from './register-drawing.tsx';
import classes from './wizard.module.css';
import { WizardFrame, type WizardStepProps } from './wizard-frame.tsx';

/** The callback URL, before anything is saved in Okta, and the pictures of where it goes. */
export function RegisterStep(props: WizardStepProps) {
  const { live, form, ticks, onTick } = props;
  const server = useQuery(serverQuery).data;
  const isOkta = form.values.settings.preset === 'okta';
  const isReached = server !== undefined && new URL(server.publicUrl).origin === window.location.origin;
  return (
    <WizardFrame
      {...props}
      lead={
        isOkta
          ? 'Okta needs to know where to send people after they log in. Copy this URL, then follow the pictures.'
          : 'The provider needs to know where to send people after they log in. Register a confidential web client with this URL.'
      }
      aside={
        isOkta ? (
          <OktaPane
            domain={form.values.settings.domain}
            steps={registerInstructions}
            drawing={{
              after: 'paste',
              element: <RegisterDrawing callbackUrl={live.callbackUrl} ticks={ticks} />,
            }}
            ticks={ticks}
            onTick={onTick}
          />
        ) : undefined
      }
    >
      <CopyField
        label="Callback URL"
        value={live.callbackUrl}
        hint={
          isOkta ? (
            <>
              It goes to <strong>Sign-in redirect URIs</strong> in Okta, step 4 of the list.
            </>
          ) : (
            'It goes to the redirect URIs of the client.'
          )
        }
      />
      <ul className={classes.remarks}>
        <li className={classes.remark}>
          <Glyph state={isReached ? 'passed' : 'warning'} label="" />
          <div>
            <p className={classes.remarkTitle}>
              {isReached
                ? 'This server is reached by that address'
                : 'You reach this server by another address'}
            </p>
            <p className={classes.dim}>
              {isReached
                ? 'The address in your browser is the public URL of this server, so the callback will come back here.'
                : `The callback goes to ${server?.publicUrl ?? 'the public URL'}. If people cannot reach that address, set PUBLIC_URL first: the callback URL changes with it.`}
            </p>
          </div>
        </li>
        <li className={classes.remark}>
          <Glyph state="info" label="" />
          <div>
            <p className={classes.remarkTitle}>
              {isOkta ? 'Okta compares' : 'Providers compare'} it letter by letter
            </p>
            <p className={classes.dim}>A slash at the end is already another URL. Paste it, don’t type it.</p>
          </div>
        </li>
        <li className={classes.remark}>
          <Glyph state="info" label="" />
          <div>
            <p className={classes.remarkTitle}>Somebody else looks after Okta?</p>
            <p className={classes.dim}>
              Send them a link to this step. An administrator of Gatehouse sees the URL and the pictures, and
              can go on from here.
            </p>
            <div className={classes.linkRow}>
              <CopyButton
                value={window.location.href}
                label="link to this step"
                text="Copy the link"
                size="xs"
              />
            </div>
          </div>
        </li>
      </ul>
    </WizardFrame>
  );
}
