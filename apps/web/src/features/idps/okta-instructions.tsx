import type { ReactNode } from 'react';
import { Mono } from '../../components/ui/mono.tsx';

export type Instruction = { readonly id: string; readonly text: ReactNode };

/** What is done in Okta for the step *Register the app*. The words are those on Okta’s own pages. */
export const registerInstructions: readonly Instruction[] = [
  {
    id: 'open',
    text: (
      <>
        Open <strong>Applications</strong>, click <strong>Create App Integration</strong>
      </>
    ),
  },
  {
    id: 'choose',
    text: (
      <>
        Choose <strong>OIDC - OpenID Connect</strong> and <strong>Web Application</strong>, then{' '}
        <strong>Next</strong>
      </>
    ),
  },
  {
    id: 'name',
    text: (
      <>
        Give the app a name, for example{' '}
        <Mono>
          Atlassian{'\u00a0'}via{'\u00a0'}Gatehouse
        </Mono>
      </>
    ),
  },
  {
    id: 'paste',
    text: (
      <>
        <strong>Paste the callback URL into Sign-in redirect URIs.</strong> You may delete the sign-out one.
      </>
    ),
  },
  {
    id: 'assign',
    text: (
      <>
        Under <strong>Assignments</strong> choose who may log in
      </>
    ),
  },
  {
    id: 'save',
    text: (
      <>
        Click <strong>Save</strong> and leave the page open: the next step needs its Client ID and secret
      </>
    ),
  },
];

/** What is copied from Okta for the step *Credentials*. */
export const credentialsInstructions: readonly Instruction[] = [
  {
    id: 'client-id',
    text: (
      <>
        On the app’s page, tab <strong>General</strong>, copy the <strong>Client ID</strong>
      </>
    ),
  },
  {
    id: 'client-secret',
    text: (
      <>
        <strong>Copy the client secret with the button beside it.</strong> Selecting it by hand often takes a
        dot or a space along.
      </>
    ),
  },
  {
    id: 'domain',
    text: (
      <>
        Your <strong>Okta domain</strong> is in the menu at the top right, under your name
      </>
    ),
  },
];
