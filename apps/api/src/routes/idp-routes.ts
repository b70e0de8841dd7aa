import { idpEndpoints } from '@gatehouse/contracts/endpoints/idp-endpoints';
import type { Idp, IdpSettings } from '@gatehouse/contracts/idp';
import { liveTopics } from '@gatehouse/contracts/live-events';
import {
  type IdpSettingsProblem,
  type PreparedIdpSettings,
  prepareIdpSettings,
} from '@gatehouse/login/idp-settings';
import { ApiError } from '../http/errors.ts';
import { implement, type RoutesFor } from '../http/route.ts';
import type { LivePublisher } from '../http/server-sent-events.ts';
import type { MetadataImports } from '../jobs/metadata-imports.ts';
import { hasOtherDomain, type MissingPart } from '../stores/idps/missing-parts.ts';
import type { IdpRecord } from '../stores/idps/rows.ts';
import { type IdpStore, mostDrafts, type NameHolder } from '../stores/idps/store.ts';
import { auditBy } from './audit-by.ts';
import { type IdpViewParts, idpView } from './idp-view.ts';

export type IdpRouteParts = {
  readonly idps: IdpStore;
  readonly imports: MetadataImports;
  readonly view: IdpViewParts;
  readonly originOf: (domain: string) => string;
  readonly live: LivePublisher;
};

type Routes = RoutesFor<typeof idpEndpoints>;

/** Identity providers: the wizard's drafts, settings, *Import Metadata*, and what becomes of them. */
export function idpRoutes({ idps, imports, view, originOf, live }: IdpRouteParts): Routes {
  function find(idpId: string): IdpRecord {
    const record = idps.find(idpId);
    if (record === null) throw new ApiError('not-found', 'There is no such identity provider (any more).');
    return record;
  }

  function announce(idpId: string): void {
    const { idps: list, overview, applications, audit } = liveTopics;
    for (const topic of [liveTopics.idp(idpId), list, overview, applications, audit]) live.publish(topic);
  }

  return {
    listIdps: implement(idpEndpoints.listIdps, async ({ query }) => {
      const { total, items } = idps.list(query.limit, query.offset);
      return { total, offset: query.offset, items: items.map((record) => idpView(record, view)) };
    }),

    createIdp: implement(idpEndpoints.createIdp, async ({ body, session, request }) => {
      const created = await idps.createDraft(body.preset, auditBy(session, request));
      if (created === 'too-many-drafts') {
        throw new ApiError('too-many-drafts', `${mostDrafts} drafts are open. Finish or discard one first.`);
      }
      announce(created.publicId);
      return idpView(created, view);
    }),

    getIdp: implement(idpEndpoints.getIdp, async ({ params }) => idpView(find(params.idpId), view)),

    changeIdp: implement(idpEndpoints.changeIdp, async ({ params, body, session, request }) => {
      const record = find(params.idpId);
      const isDraft = record.state === 'draft';
      if (body.name === '' && !isDraft) {
        throw new ApiError('invalid-field', 'Enter a name.', { field: 'name' });
      }
      const secretSent = body.clientSecret !== undefined;
      const prepared = accept(
        prepareIdpSettings(
          body.settings,
          {
            settings: record.settings,
            isDraft,
            hasSecret: idps.hasSecret(record),
            hasMetadata: record.metadata !== null,
            isTested: record.testedAt !== null,
          },
          { secretSent, originOf },
        ),
      );
      const otherDomain = mustFit(prepared.settings, { idps, originOf });
      const saved = await idps.save(
        record,
        {
          name: body.name,
          settings: prepared.settings,
          expectedVersion: body.expectedVersion,
          expectedName: body.expectedName,
          secret: secretChange(body.clientSecret, prepared.clearSecret),
          clearMetadata: prepared.clearMetadata,
          changesLogin: prepared.changesLogin,
        },
        auditBy(session, request),
      );
      if ('refused' in saved) {
        if (saved.refused === 'name-taken') throw nameTaken(saved.holder);
        throw versionConflict(find(params.idpId), body.expectedVersion);
      }
      announce(saved.publicId);
      if (saved.directory?.id !== record.directory?.id) live.publish(liveTopics.directory);
      return idpView(saved, view, [...prepared.notices, ...otherDomain]);
    }),

    setWizard: implement(idpEndpoints.setWizard, async ({ params, body }) => {
      const record = find(params.idpId);
      if (!(await idps.setWizard(record, body))) throw notDraft(record);
      live.publish(liveTopics.idp(record.publicId));
      live.publish(liveTopics.idps);
    }),

    importMetadata: implement(idpEndpoints.importMetadata, async ({ params, query, session, request }) => {
      const running = imports.start(find(params.idpId), auditBy(session, request));
      return query.wait === 'true' ? running.finished : running.current();
    }),

    getMetadataImport: implement(idpEndpoints.getMetadataImport, async ({ params }) => {
      const record = find(params.idpId);
      return { import: imports.running(record.id) ?? record.metadataImport };
    }),

    finishIdp: implement(idpEndpoints.finishIdp, async ({ params, body, session, request }) => {
      const record = find(params.idpId);
      if (record.state !== 'draft') throw notDraft(record);
      if (record.settingsVersion !== body.expectedVersion)
        throw versionConflict(record, body.expectedVersion);
      const missing = idps.missing(record);
      if (missing.length > 0) throw incomplete(missing);
      const finished = await idps.finish(record, auditBy(session, request));
      if (finished === false) throw versionConflict(find(params.idpId), body.expectedVersion);
      announce(finished.publicId);
      return idpView(finished, view);
    }),

    setIdpEnabled: implement(idpEndpoints.setIdpEnabled, async ({ params, body, session, request }) => {
      const record = find(params.idpId);
      if (record.state === 'draft') {
        throw new ApiError(
          'idp-is-draft',
          'This is a draft still: finish it first, then people can log in with it.',
        );
      }
      const changed = await idps.setEnabled(record, body.enabled, auditBy(session, request));
      announce(changed.publicId);
      return idpView(changed, view);
    }),

    removeIdp: implement(idpEndpoints.removeIdp, async ({ params, body, session, request }) => {
      const record = find(params.idpId);
      if (record.state !== 'draft' && body.confirmName.trim() !== record.name) {
        throw new ApiError('confirmation-wrong', `Type ${record.name} to remove this identity provider.`, {
          field: 'confirmName',
        });
      }
      await idps.remove(record, auditBy(session, request));
      announce(record.publicId);
    }),
  };
}

/**
 * Connector and directory are there. That the connector reads the org that people log in at is what the admin says by
 * choosing it: one org has several addresses, so other ones are only pointed out. @throws ApiError
 */
function mustFit(
  settings: IdpSettings,
  { idps, originOf }: Pick<IdpRouteParts, 'idps' | 'originOf'>,
): Idp['notices'] {
  const { connectorId, directoryId } = settings;
  const connectorDomain = connectorId === null ? null : idps.connectorDomainOf(connectorId);
  if (connectorId !== null && connectorDomain === null) {
    const detail = 'There is no such connector (any more). Choose another one.';
    throw new ApiError('connector-refused', detail, { field: 'settings.connectorId' });
  }
  if (directoryId !== null && !idps.hasDirectory(directoryId)) {
    const detail = 'There is no such directory (any more). Choose another one.';
    throw new ApiError('connector-refused', detail, { field: 'settings.directoryId' });
  }
  if (connectorDomain === null || !hasOtherDomain(settings, { connectorDomain, originOf })) return [];
  const detail = `The connector reads ${connectorDomain}, people log in at ${settings.domain}. That is right only if both are addresses of one Okta org: the people of the connector are found by their Okta id.`;
  return [{ code: 'other-domain', detail }];
}

function secretChange(sent: string | undefined, isCleared: boolean) {
  if (sent !== undefined) return { replacedBy: sent };
  return isCleared ? 'cleared' : 'kept';
}

/** @throws ApiError */
function accept(prepared: PreparedIdpSettings): Extract<PreparedIdpSettings, { ok: true }> {
  if (prepared.ok) return prepared;
  const [first, ...others]: readonly IdpSettingsProblem[] = prepared.problems;
  if (first === undefined) throw new Error('settings were refused without a problem');
  throw new ApiError(first.code, first.detail, {
    field: first.field,
    ...(others.length > 0 ? { fields: prepared.problems } : {}),
  });
}

function nameTaken({ name, isDraft, createdBy }: NameHolder): ApiError {
  const detail = isDraft
    ? `A draft that ${createdBy} began is called “${name}”. Finish or discard it, or choose another name.`
    : `Another identity provider is called “${name}”. Choose another name.`;
  return new ApiError('name-taken', detail, { field: 'name' });
}

function versionConflict(current: IdpRecord, expectedVersion: number): ApiError {
  const saved =
    current.settingsVersion === expectedVersion
      ? `It was changed in the meantime, and is called ${current.name === '' ? 'nothing yet' : `“${current.name}”`}.`
      : `${current.changedBy} saved it in the meantime.`;
  return new ApiError('version-conflict', `${saved} Load the saved version and make your change again.`, {
    facts: { settingsVersion: current.settingsVersion, changedBy: current.changedBy },
  });
}

function notDraft({ name }: IdpRecord): ApiError {
  return new ApiError('idp-not-draft', `${name} is finished already. Change it on its own page.`);
}

function incomplete(missing: readonly MissingPart[]): ApiError {
  const labels = missing.map(({ label }) => label);
  return new ApiError('idp-incomplete', `Still missing before people can log in: ${labels.join(', ')}.`, {
    facts: { missing: missing.map(({ part, step }) => ({ part, step })), step: missing[0]?.step },
  });
}
