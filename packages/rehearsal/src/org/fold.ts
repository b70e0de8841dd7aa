/**
 * Folds a login the way Okta compares logins for uniqueness: without letter case and without diacritics.
 */
export function foldLogin(login: string): string {
  return login.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** A time as Okta prints it, cut to whole seconds: `YYYY-MM-DDTHH:mm:ss.000Z`. */
export function oktaTime(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString();
}
