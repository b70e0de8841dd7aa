import { readBaseUrl } from '@gatehouse/atlassian/products/base-url';
import { redirectSnippets } from '@gatehouse/atlassian/products/redirect-snippets';
import { redirectionTarget } from '@gatehouse/atlassian/products/redirection';
import type { ApplicationKind, Redirection, RedirectionLock } from '@gatehouse/contracts/application';
import { applicationEndpoints } from '@gatehouse/contracts/endpoints/application-endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import { ApiError } from '../http/errors.ts';
import { implement, type RoutesFor } from '../http/route.ts';
import type { LivePublisher } from '../http/server-sent-events.ts';
import type { ApplicationRecord } from '../stores/applications/rows.ts';
import type { ApplicationStore } from '../stores/applications/store.ts';
import type { AuditBy } from '../stores/audit/audit-entry.ts';
import { type ApplicationViewParts, applicationView, loginUrlOf } from './application-view.ts';
import { auditBy } from './audit-by.ts';

export type ApplicationRouteParts = {
  readonly applications: ApplicationStore;
  readonly view: ApplicationViewParts;
  readonly live: LivePublisher;
};

/** Saves of one application that may come in between before a switch gives up. */
const switchTries = 5;

/** Applications: the products, their redirection, and what to paste into their proxies. */
export function applicationRoutes(parts: ApplicationRouteParts): RoutesFor<typeof applicationEndpoints> {
  const { applications, view, live } = parts;

  function find(applicationId: string): ApplicationRecord {
    const record = applications.find(applicationId);
    if (record === null) throw new ApiError('not-found', 'There is no such application (any more).');
    return record;
  }

  function announce(...idps: (string | null)[]): void {
    const { applications: topic, overview, audit } = liveTopics;
    for (const one of [topic, overview, audit, liveTopics.idps]) live.publish(one);
    for (const idpId of new Set(idps)) if (idpId !== null) live.publish(liveTopics.idp(idpId));
  }

  return {
    listApplications: implement(applicationEndpoints.listApplications, async ({ query }) => {
      const { total, items } = applications.list(query.limit, query.offset);
      return { total, offset: query.offset, items: items.map((record) => applicationView(record, view)) };
    }),

    getApplication: implement(applicationEndpoints.getApplication, async ({ params }) =>
      applicationView(find(params.applicationId), view),
    ),

    createApplication: implement(
      applicationEndpoints.createApplication,
      async ({ body, session, request }) => {
        const { name } = body;
        const settings = readSettings(body, view.publicUrl);
        const created = await applications.create({ name, settings }, auditBy(session, request));
        if (created === 'name-taken') throw nameTaken(name);
        announce();
        return applicationView(created, view);
      },
    ),

    changeApplication: implement(
      applicationEndpoints.changeApplication,
      async ({ params, body, session, request }) => {
        const record = find(params.applicationId);
        const { redirection } = record.settings;
        const settings = readSettings(body, view.publicUrl);
        const saved = await applications.save(
          record,
          {
            name: body.name,
            expectedVersion: body.expectedVersion,
            settings: {
              ...settings,
              redirection: { ...redirection, portal: redirection.portal && settings.jsm },
            },
          },
          auditBy(session, request),
        );
        if (saved === 'name-taken') throw nameTaken(body.name);
        if (saved === 'version-conflict') throw versionConflict(find(params.applicationId));
        announce(redirection.idpId);
        return applicationView(saved, view);
      },
    ),

    setRedirection: implement(
      applicationEndpoints.setRedirection,
      async ({ params, body, session, request }) => {
        const before = find(params.applicationId).settings.redirection;
        const saved = await setRedirection(parts, params.applicationId, body, auditBy(session, request));
        announce(before.idpId, saved.settings.redirection.idpId);
        return applicationView(saved, view);
      },
    ),

    getRedirectSnippets: implement(applicationEndpoints.getRedirectSnippets, async ({ params }) => {
      const { slug, settings } = find(params.applicationId);
      return { snippets: redirectSnippets({ ...settings, loginUrl: loginUrlOf(slug, view.publicUrl) }) };
    }),

    removeApplication: implement(
      applicationEndpoints.removeApplication,
      async ({ params, body, session, request }) => {
        const record = find(params.applicationId);
        if (body.confirmName.trim() !== record.name) {
          throw new ApiError('confirmation-wrong', `Type ${record.name} to remove this application.`, {
            field: 'confirmName',
          });
        }
        await applications.remove(record, auditBy(session, request));
        announce(record.settings.redirection.idpId);
      },
    ),
  };
}

/** @throws ApiError `base-url-refused` */
function readSettings(
  { kind, baseUrl, jsm }: { kind: ApplicationKind; baseUrl: string; jsm: boolean },
  publicUrl: string,
) {
  const read = readBaseUrl(baseUrl);
  if (!read.ok) throw new ApiError('base-url-refused', read.detail, { field: 'baseUrl' });
  if (read.baseUrl === publicUrl) {
    throw new ApiError(
      'base-url-refused',
      'This is the address of Gatehouse itself. Enter that of the product.',
      {
        field: 'baseUrl',
      },
    );
  }
  return { kind, baseUrl: read.baseUrl, jsm: kind === 'jira' && jsm };
}

/**
 * Turns the switches. Turning on, or sending people to another IdP while on, needs one that is enabled and tested; it is
 * written down by its id, so that a second IdP that comes later changes nothing. Turning off is always possible.
 */
async function setRedirection(
  { applications, view }: ApplicationRouteParts,
  applicationId: string,
  wanted: Redirection,
  by: AuditBy,
): Promise<ApplicationRecord> {
  for (let tries = 0; tries < switchTries; tries += 1) {
    const record = applications.find(applicationId);
    if (record === null) throw new ApiError('not-found', 'There is no such application (any more).');
    const redirection = checkedRedirection(record, wanted, view);
    const settings = { ...record.settings, redirection };
    const { name, version: expectedVersion } = record;
    const saved = await applications.save(record, { name, settings, expectedVersion }, by);
    if (typeof saved !== 'string') return saved;
  }
  throw new ApiError('not-ready', 'Others save this application at the same time. Try again.');
}

/** @throws ApiError `redirection-locked`, `invalid-field`, `not-found` */
function checkedRedirection(
  { settings }: ApplicationRecord,
  wanted: Redirection,
  { idps }: ApplicationViewParts,
): Redirection {
  const before = settings.redirection;
  if (wanted.portal && !settings.jsm) {
    throw new ApiError('invalid-field', 'This application has no Jira Service Management.', {
      field: 'portal',
    });
  }
  if (wanted.idpId !== null && wanted.idpId !== before.idpId && idps.find(wanted.idpId) === null) {
    throw new ApiError('not-found', 'There is no such identity provider (any more), or it is a draft.', {
      field: 'idpId',
    });
  }
  const isOn = wanted.enabled || wanted.portal;
  if (!isOn) return wanted;
  const { idp, lock } = redirectionTarget(wanted.idpId, idps);
  const turnsOn = (wanted.enabled && !before.enabled) || (wanted.portal && !before.portal);
  if (lock !== null && (turnsOn || wanted.idpId !== before.idpId)) {
    throw new ApiError('redirection-locked', lockWords[lock](idp?.name ?? ''), { facts: { lock } });
  }
  return { ...wanted, idpId: wanted.idpId ?? idp?.id ?? null };
}

const lockWords: Record<RedirectionLock, (idp: string) => string> = {
  'no-idp': () =>
    'There is no identity provider to send people to. Add one, and log in with it once as a test.',
  'idp-not-chosen': () => 'There are several identity providers. Choose the one that people are sent to.',
  'idp-disabled': (idp) => `${idp} is switched off. Switch it on first, under SSO.`,
  'idp-untested': (idp) =>
    `No test login with ${idp} has passed yet with its present settings. Start one first.`,
};

function nameTaken(name: string): ApiError {
  return new ApiError('name-taken', `Another application is called “${name}”. Choose another name.`, {
    field: 'name',
  });
}

function versionConflict(current: ApplicationRecord): ApiError {
  return new ApiError(
    'version-conflict',
    `${current.changedBy} saved this application in the meantime. Load the saved version and make your change again.`,
    { facts: { version: current.version, changedBy: current.changedBy } },
  );
}
