import type { AppKind } from '../../apps/app.ts';
import { radioField, textField } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { defaultButton, textList } from '../uri-list.ts';

export const APPLICATIONS = '/console/applications';

/** The words of Okta's page for its application types. */
export const KIND_WORDS: Readonly<Record<AppKind, { title: string; help: string; heading: string }>> = {
  web: {
    title: 'Web Application',
    help: 'Server-side applications where authentication and tokens are handled on the server.',
    heading: 'New Web App Integration',
  },
  spa: {
    title: 'Single-Page Application',
    help: 'Single-page web applications that run in the browser where the client receives tokens. No client secret.',
    heading: 'New Single-Page App Integration',
  },
  native: {
    title: 'Native Application',
    help: 'Desktop or mobile applications that run natively on a device. No client secret.',
    heading: 'New Native App Integration',
  },
};

const SIGN_IN_EXAMPLE = 'http://localhost:8080/authorization-code/callback';
/** Okta proposes one, and the set-up guide says that it can be deleted. */
export const PROPOSED_SIGN_OUT_URI = 'http://localhost:8080';

const ACCESS = [
  { value: 'everyone', label: 'Allow everyone in your organization to access' },
  { value: 'groups', label: 'Limit access to selected groups' },
  { value: 'nobody', label: 'Skip group assignment for now' },
] as const;

/** What was typed, as it goes back into the form. */
export type TypedApp = {
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
};

export type TypedNewApp = TypedApp & {
  readonly kind: AppKind;
  readonly access: string;
  readonly groups: readonly string[];
};

type Errors = Readonly<Record<string, string>>;

/** First step: what kind of app. */
export function kindForm(error: string | undefined): Html {
  return html`<h1>Create a new app integration</h1>
    ${error && html`<div class="notice failed" role="alert"><p>${error}</p></div>`}
    <form method="get" action="${APPLICATIONS}/new/settings">
      ${radioField({
        name: 'method',
        legend: 'Sign-in method',
        options: [
          {
            value: 'oidc',
            label: 'OIDC - OpenID Connect',
            help: 'Token-based OAuth 2.0 authentication for Single Sign-On (SSO) through API endpoints.',
          },
        ],
      })}
      ${radioField({
        name: 'kind',
        legend: 'Application type',
        options: Object.entries(KIND_WORDS).map(([value, { title, help }]) => ({
          value,
          label: title,
          help,
        })),
      })}
      <div class="row">
        <button class="primary">Next</button>
        <a class="button" href="${APPLICATIONS}">Cancel</a>
      </div>
    </form>`;
}

/** Second step: everything else. */
export function newAppForm(typed: TypedNewApp, errors: Errors, groupNames: readonly string[]): Html {
  return html`<h1>${KIND_WORDS[typed.kind].heading}</h1>
    <form method="post" action="${APPLICATIONS}">
      ${defaultButton()}
      <input type="hidden" name="kind" value="${typed.kind}" />
      <h2>General Settings</h2>
      ${appFields(typed, errors)}
      <h2>Assignments</h2>
      ${radioField({
        name: 'access',
        legend: 'Controlled access',
        value: typed.access,
        error: errors.access,
        options: ACCESS,
      })}
      ${textList({
        name: 'groups',
        label: 'Selected group(s)',
        one: 'Selected group',
        values: typed.groups,
        addText: '+ Add group',
        help: 'Names or ids of groups; they count when access is limited to selected groups.',
        error: errors.groups,
        proposals: 'group-names',
      })}
      ${proposals(groupNames)}
      <div class="row">
        <button class="primary">Save</button>
        <a class="button" href="${APPLICATIONS}">Cancel</a>
      </div>
    </form>`;
}

/** The settings that the first form and the app's page have in common. */
export function appFields(typed: TypedApp, errors: Errors): Html {
  return html`${textField({
    name: 'name',
    label: 'App integration name',
    value: typed.name,
    error: errors.name,
    isRequired: true,
  })}
    ${textList({
      name: 'redirectUris',
      label: 'Sign-in redirect URIs',
      one: 'Sign-in redirect URI',
      values: typed.redirectUris,
      addText: '+ Add URI',
      help: 'Okta sends the authentication response only to a URI that is listed here, letter by letter.',
      placeholder: SIGN_IN_EXAMPLE,
      error: errors.redirectUris,
    })}
    ${textList({
      name: 'postLogoutRedirectUris',
      label: 'Sign-out redirect URIs',
      one: 'Sign-out redirect URI',
      values: typed.postLogoutRedirectUris,
      addText: '+ Add sign-out URI',
      help: 'Optional: where Okta may send people after it signed them out.',
      error: errors.postLogoutRedirectUris,
    })}`;
}

export function proposals(groupNames: readonly string[]): Html {
  return html`<datalist id="group-names">
    ${groupNames.map((name) => html`<option value="${name}"></option>`)}
  </datalist>`;
}
