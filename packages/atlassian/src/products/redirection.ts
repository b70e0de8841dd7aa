import type { RedirectionLock } from '@gatehouse/contracts/application';

/** A finished identity provider as redirection sees it. */
export type RedirectIdp = {
  /** Public id. */
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  /** The last test login that passed with its present settings. Milliseconds since 1970; null: untested. */
  readonly testedAt: number | null;
};

/** The identity providers that redirection may choose from: finished ones, switched on or off. */
export interface RedirectIdps {
  /** Null: a draft, removed, or never there. */
  find(publicId: string): RedirectIdp | null;
  /** At most `limit`. */
  finished(limit: number): readonly RedirectIdp[];
}

/** Where people would be sent, and what forbids to switch redirection on. */
export type RedirectionTarget = {
  readonly idp: RedirectIdp | null;
  readonly lock: RedirectionLock | null;
};

/**
 * | chosen            | finished IdPs | answer                                   |
 * | ----------------- | ------------- | ---------------------------------------- |
 * | one that is there | any           | that one                                 |
 * | none, or one gone | none          | `no-idp`                                 |
 * | none              | one           | the only one                             |
 * | none              | several       | `idp-not-chosen`                         |
 * | one that is gone  | one or more   | `idp-not-chosen`: nobody is sent elsewhere unasked |
 *
 * The one that is found must be enabled and tested.
 */
export function redirectionTarget(chosenId: string | null, idps: RedirectIdps): RedirectionTarget {
  const idp = chosenId === null ? onlyOne(idps) : idps.find(chosenId);
  if (idp === null) return { idp, lock: idps.finished(1).length === 0 ? 'no-idp' : 'idp-not-chosen' };
  if (!idp.isEnabled) return { idp, lock: 'idp-disabled' };
  return { idp, lock: idp.testedAt === null ? 'idp-untested' : null };
}

function onlyOne(idps: RedirectIdps): RedirectIdp | null {
  const [first, second] = idps.finished(2);
  return first !== undefined && second === undefined ? first : null;
}
