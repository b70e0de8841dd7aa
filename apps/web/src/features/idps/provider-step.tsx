import { nameSchema } from '@gatehouse/contracts/primitives';
import { Radio, TextInput } from '@mantine/core';
import classes from './wizard.module.css';
import { WizardFrame, type WizardStepProps } from './wizard-frame.tsx';

/** Which provider, which protocol, which name. */
export function ProviderStep(props: WizardStepProps) {
  const { form, onGo } = props;
  const { name, settings } = form.values;
  function go(step: Parameters<WizardStepProps['onGo']>[0]): void {
    const checked = nameSchema.safeParse(name);
    if (!checked.success && name.trim() !== '') form.setError('name', checked.error.issues[0]?.message);
    else if (!checked.success && step !== 'provider') form.setError('name', 'Enter a name.');
    else onGo(step);
  }
  return (
    <WizardFrame
      {...props}
      onGo={go}
      lead="Who checks the passwords, and what this configuration is called on every screen."
    >
      <form
        className={classes.fields}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          go('register');
        }}
      >
        <Radio.Group
          label="Identity provider"
          value={settings.preset}
          onChange={(value) => form.editSettings({ preset: value === 'oidc' ? 'oidc' : 'okta' })}
        >
          <div className={classes.choices}>
            <Radio
              value="okta"
              label="Okta"
              description="The org of your company, at okta.com or under your own domain."
            />
            <Radio
              value="oidc"
              label="Another OpenID Connect provider"
              description="Any provider with discovery. You need its issuer URL."
            />
          </div>
        </Radio.Group>
        <Radio.Group label="Authentication protocol" value="oidc">
          <div className={classes.choices}>
            <Radio value="oidc" label="OpenID Connect" readOnly />
          </div>
        </Radio.Group>
        <TextInput
          label="Unique name"
          description="As in Acme Okta. People see it when there are several to choose from."
          value={name}
          error={form.errors.name}
          onChange={(event) => form.edit({ name: event.currentTarget.value })}
          autoComplete="off"
          maxLength={120}
        />
        <button type="submit" hidden tabIndex={-1} aria-hidden="true" />
      </form>
    </WizardFrame>
  );
}
