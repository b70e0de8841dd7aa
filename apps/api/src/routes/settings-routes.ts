import { settingsEndpoints } from '@gatehouse/contracts/endpoints/settings-endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import { ApiError } from '../http/errors.ts';
import { implement, type RoutesFor } from '../http/route.ts';
import type { LivePublisher } from '../http/server-sent-events.ts';
import type { GeneralSettingsRecord } from '../stores/general-settings/rows.ts';
import type { GeneralSettingsStore } from '../stores/general-settings/store.ts';
import { toInstantOrNull } from '../stores/raw.ts';
import { auditBy } from './audit-by.ts';

/** What people see of this installation. */
export function settingsRoutes(parts: {
  readonly settings: GeneralSettingsStore;
  readonly live: LivePublisher;
}): RoutesFor<typeof settingsEndpoints> {
  const { settings, live } = parts;
  return {
    getGeneralSettings: implement(settingsEndpoints.getGeneralSettings, async () =>
      toAnswer(settings.current()),
    ),

    changeGeneralSettings: implement(
      settingsEndpoints.changeGeneralSettings,
      async ({ body: { expectedVersion, ...values }, session, request }) => {
        const saved = await settings.save(values, expectedVersion, auditBy(session, request));
        if (saved === 'version-conflict') throw conflict(settings.current());
        live.publish(liveTopics.settings);
        live.publish(liveTopics.audit);
        return toAnswer(saved);
      },
    ),
  };
}

function toAnswer({ settings, version, changedAt, changedBy }: GeneralSettingsRecord) {
  return { ...settings, version, changedAt: toInstantOrNull(changedAt), changedBy };
}

function conflict({ version, changedBy }: GeneralSettingsRecord): ApiError {
  return new ApiError(
    'version-conflict',
    `${changedBy ?? 'Somebody else'} saved these settings in between. Load them again and repeat your change.`,
    { facts: { version } },
  );
}
