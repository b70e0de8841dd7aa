import { noSsoUrls } from '@gatehouse/atlassian/products/login-pages';
import { type RedirectIdps, redirectionTarget } from '@gatehouse/atlassian/products/redirection';
import type { Application } from '@gatehouse/contracts/application';
import type { ApplicationRecord } from '../stores/applications/rows.ts';
import { toInstant, toInstantOrNull } from '../stores/raw.ts';

export type ApplicationViewParts = {
  readonly idps: RedirectIdps;
  readonly publicUrl: string;
};

/** Where the login page of an application has to send people; for good, whatever its name. */
export function loginUrlOf(slug: string, publicUrl: string): string {
  return `${publicUrl}/sso/${slug}/login`;
}

/** An application as answers show it. */
export function applicationView(
  record: ApplicationRecord,
  { idps, publicUrl }: ApplicationViewParts,
): Application {
  const { kind, baseUrl, jsm, redirection } = record.settings;
  const { idp, lock } = redirectionTarget(redirection.idpId, idps);
  return {
    id: record.publicId,
    slug: record.slug,
    name: record.name,
    kind,
    baseUrl,
    jsm,
    version: record.version,
    redirection,
    idp: idp === null ? null : { id: idp.id, name: idp.name, testedAt: toInstantOrNull(idp.testedAt) },
    lock,
    loginUrl: loginUrlOf(record.slug, publicUrl),
    noSsoUrls: noSsoUrls(record.settings),
    switchedAt: toInstantOrNull(record.switchedAt),
    switchedBy: record.switchedBy,
    createdAt: toInstant(record.createdAt),
    changedAt: toInstant(record.changedAt),
    changedBy: record.changedBy,
  };
}
