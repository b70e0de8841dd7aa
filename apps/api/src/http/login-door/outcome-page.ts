import { portalPages, productLoginUrl, startPage } from '@gatehouse/atlassian/products/login-pages';
import { personWords } from '@gatehouse/contracts/login-words';
import type { LoginPurpose, LoginResult } from '@gatehouse/login/login-result';
import { failureStatus } from './failure-status.ts';
import type { UserPage } from './page-frame.ts';
import { failurePage, signedInPage, testPassedPage } from './pages.ts';
import type { DoorApplication, DoorIdp, LoginDoorPorts } from './ports.ts';

type Passed = Extract<LoginResult, { ok: true }>;
type Failed = Extract<LoginResult, { ok: false }>;

export const unknownIdp: DoorIdp = { name: 'your identity provider', word: 'your identity provider' };

/** What the person reads when a login or a test is over. */
export function outcomePage(
  ports: LoginDoorPorts,
  result: LoginResult,
  about: { readonly idp: DoorIdp | null; readonly requestId: string },
): UserPage {
  const idp = about.idp ?? unknownIdp;
  return result.ok ? passedPage(ports, result, idp) : failedPage(ports, result, { ...about, idp });
}

function passedPage(ports: LoginDoorPorts, result: Passed, idp: DoorIdp): UserPage {
  const { purpose, tracker, label, update } = result;
  const person = result.person && { ...result.person, label, groups: result.person.groups.length };
  const common = { idpWord: idp.word, tracker, now: ports.now() };
  if (purpose.kind === 'test') {
    const startedBy = ports.tests.startedBy(tracker);
    return testPassedPage({ ...common, idpName: idp.name, startedBy, person, label, update });
  }
  const application = findApplication(ports, purpose);
  return signedInPage({
    ...common,
    person: person ?? { label, displayName: label, username: label, email: '', groups: 0 },
    application: application && {
      name: application.name,
      url: purpose.returnUrl ?? startPage(application.settings),
    },
  });
}

/** Also of a login that ended before it left for the identity provider. */
export function failedPage(
  ports: LoginDoorPorts,
  { failure, purpose, tracker }: Pick<Failed, 'failure' | 'purpose' | 'tracker'>,
  { idp, requestId }: { readonly idp: DoorIdp; readonly requestId: string },
): UserPage {
  const application = purpose && findApplication(ports, purpose);
  const name = application?.name ?? null;
  const isTest = purpose?.kind === 'test';
  return failurePage({
    owner: ports.owner(),
    status: failureStatus(failure.code),
    words: personWords(failure.code, { idp: idp.word, application: name }),
    subject: isTest ? `Test of ${idp.name}` : name === null ? 'Logging in' : `Logging in to ${name}`,
    tracker,
    requestId: failure.code === 'server-error' ? requestId : null,
    tryAgainUrl: application && startUrl(ports, application, purpose.returnUrl),
    localLogin: application && {
      name: application.name,
      url: productLoginUrl(application.settings, {
        nosso: true,
        returnUrl: purpose.returnUrl,
        portal: isInPortal(application, purpose.returnUrl),
      }),
    },
    now: ports.now(),
  });
}

function findApplication(ports: LoginDoorPorts, { applicationId }: LoginPurpose): DoorApplication | null {
  const application = applicationId === null ? null : ports.applications.findById(applicationId);
  return application?.isRemoved ? null : application;
}

/** Begins the same login once more. */
function startUrl(ports: LoginDoorPorts, application: DoorApplication, returnUrl: string | null): string {
  const query = new URLSearchParams({
    ...(isInPortal(application, returnUrl) ? { portal: '1' } : {}),
    ...(returnUrl === null ? {} : { return: returnUrl }),
  }).toString();
  return `${ports.publicUrl}/sso/${application.slug}/login${query === '' ? '' : `?${query}`}`;
}

function isInPortal({ settings }: DoorApplication, returnUrl: string | null): boolean {
  return settings.jsm && (returnUrl ?? '').startsWith(`${settings.baseUrl}${portalPages.folder}`);
}
