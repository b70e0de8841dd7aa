import type { Application, Redirection } from '@gatehouse/contracts/application';

/** What is switched on the page and not saved yet, by application. */
export type RedirectionDrafts = Readonly<Record<string, Redirection>>;

/** The switches as they stand on the page. */
export function shownRedirection(application: Application, drafts: RedirectionDrafts): Redirection {
  return drafts[application.id] ?? application.redirection;
}

/** Takes an edit in; one that leads back to what is saved is no change any more. */
export function withEdit(
  application: Application,
  drafts: RedirectionDrafts,
  edit: Partial<Redirection>,
): RedirectionDrafts {
  const next = { ...shownRedirection(application, drafts), ...edit };
  const { [application.id]: _before, ...others } = drafts;
  return isSame(next, application.redirection) ? others : { ...others, [application.id]: next };
}

function isSame(a: Redirection, b: Redirection): boolean {
  return a.enabled === b.enabled && a.portal === b.portal && a.idpId === b.idpId;
}

/** What the save bar lists: one entry an application. */
export function changedApplications(
  applications: readonly Application[],
  drafts: RedirectionDrafts,
): readonly { application: Application; redirection: Redirection }[] {
  return applications.flatMap((application) => {
    const redirection = drafts[application.id];
    return redirection === undefined || isSame(redirection, application.redirection)
      ? []
      : [{ application, redirection }];
  });
}
