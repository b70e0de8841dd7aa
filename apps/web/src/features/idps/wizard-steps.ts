import { type Idp, type WizardStep, wizardSteps } from '@gatehouse/contracts/idp';

/** Names of the steps, as on the stepper and on *Next*. */
export const wizardStepLabels: Readonly<Record<WizardStep, string>> = {
  provider: 'Provider',
  register: 'Register the app in Okta',
  credentials: 'Credentials',
  users: 'User creation and update',
  test: 'Test login',
};

/** Where the wizard of a draft goes on. */
export function stepOf({ wizard }: Pick<Idp, 'wizard'>): WizardStep {
  return wizard?.step ?? 'provider';
}

export function isWizardStep(text: string): text is WizardStep {
  return (wizardSteps as readonly string[]).includes(text);
}

export function neighbours(step: WizardStep): { back: WizardStep | null; next: WizardStep | null } {
  const index = wizardSteps.indexOf(step);
  return { back: wizardSteps[index - 1] ?? null, next: wizardSteps[index + 1] ?? null };
}

/** What a step still needs; null when it is done. Later steps can be looked at all the same. */
export function missingOf(step: WizardStep, idp: Idp): string | null {
  const { name, settings, metadata, clientSecret } = idp;
  switch (step) {
    case 'provider':
      return name === '' ? 'It needs a name.' : null;
    case 'register':
      return null;
    case 'credentials':
      if (settings.clientId === '') return 'The Client ID is missing.';
      if (!clientSecret.set) return 'The client secret is missing.';
      return metadata === null ? 'The metadata is not imported yet.' : null;
    case 'users':
      if (settings.updateMethod.startsWith('usersync')) {
        return idp.connector === null ? 'Update with UserSync needs a connector.' : null;
      }
      return idp.directory === null ? 'The directory is not chosen yet.' : null;
    case 'test':
      return idp.testedAt === null ? 'No test login has passed yet.' : null;
  }
}

/** Of the steps that *Save and Close* needs, the first that is not done. */
export function firstUnfinished(idp: Idp): { step: WizardStep; missing: string } | null {
  for (const step of wizardSteps) {
    if (step === 'test') continue;
    const missing = missingOf(step, idp);
    if (missing !== null) return { step, missing };
  }
  return null;
}
