import type { Claims } from './flow.ts';
import { cutText } from './seen-text.ts';

/**
 * Claims of both sources: the ID token is signed, so what it says counts, and userinfo adds what it does not say.
 * `email_verified` is about the address beside it and never moves to another: it counts only when it comes from the source
 * that named the address, or both name the same.
 */
export function mergeClaims(idToken: Claims, userinfo: Claims): Claims {
  const merged: Record<string, unknown> = { ...userinfo, ...idToken };
  const isOtherEmail = idToken.email !== undefined && idToken.email !== userinfo.email;
  if (isOtherEmail && idToken.email_verified === undefined) delete merged.email_verified;
  if (idToken.email === undefined && idToken.email_verified !== undefined) {
    delete merged.email_verified;
    if (userinfo.email_verified !== undefined) merged.email_verified = userinfo.email_verified;
  }
  return merged;
}

/** As the IdP names the person, for people to read: the first of these that is there, else the subject. */
export function personLabel(claims: Claims): string {
  const names = [claims.preferred_username, claims.email, claims.name, claims.sub];
  const label = names.find((name): name is string => typeof name === 'string' && name.trim() !== '');
  return cutText(label ?? '', 255);
}
