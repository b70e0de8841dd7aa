import type { OktaSettings } from '@gatehouse/contracts/okta-connector';
import { formatOktaDomain, parseOktaDomain } from '@gatehouse/contracts/okta-domain';
import { parseSchedule } from '@gatehouse/schedule/parse-schedule';

export type SettingsProblem = {
  readonly code: 'domain-refused' | 'schedule-refused';
  /** Path in the request, e.g. `settings.schedule.value.expression`. */
  readonly field: string;
  readonly detail: string;
};

export type SettingsNotice = { readonly code: 'token-cleared' | 'domain-cleaned'; readonly detail: string };

export type PreparedSettings =
  | {
      readonly ok: true;
      readonly settings: OktaSettings;
      readonly notices: readonly SettingsNotice[];
      /** The stored token belonged to another host and must not be sent to this one. */
      readonly clearToken: boolean;
    }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

/**
 * Cleans and checks the settings of an Okta connector before they become a version. A changed domain clears the
 * token unless a new one comes in the same request: a secret is never sent to a host that it was not given for.
 */
export function prepareOktaSettings(
  sent: OktaSettings,
  previous: OktaSettings | null,
  tokenSent: boolean,
  now: Date,
): PreparedSettings {
  const problems: SettingsProblem[] = [];
  const domain = parseOktaDomain(sent.domain);
  if (!domain.ok) problems.push({ code: 'domain-refused', field: 'settings.domain', detail: domain.detail });
  const schedule = checkSchedule(sent.schedule, problems, now);
  if (!domain.ok || problems.length > 0) return { ok: false, problems };

  const settings: OktaSettings = { domain: formatOktaDomain(domain), schedule };
  const notices: SettingsNotice[] = [];
  if (domain.removed.length > 0) {
    notices.push({ code: 'domain-cleaned', detail: `Removed ${domain.removed.join(', ')} from the domain.` });
  }
  const clearToken = previous !== null && previous.domain !== settings.domain && !tokenSent;
  if (clearToken) {
    notices.push({
      code: 'token-cleared',
      detail: `The API token was removed: it belonged to ${previous.domain} and is never sent to another host. Paste a token of ${settings.domain}.`,
    });
  }
  return { ok: true, settings, notices, clearToken };
}

function checkSchedule(
  sent: OktaSettings['schedule'],
  problems: SettingsProblem[],
  now: Date,
): OktaSettings['schedule'] {
  if (sent.value === null) {
    if (sent.enabled) {
      problems.push({
        code: 'schedule-refused',
        field: 'settings.schedule.value.expression',
        detail: 'Set an interval first: the schedule is on, but nothing says when.',
      });
    }
    return { enabled: false, value: null };
  }
  const parsed = parseSchedule(sent.value, now);
  if (!parsed.ok) {
    problems.push({
      code: 'schedule-refused',
      field: `settings.schedule.value.${parsed.field}`,
      detail: parsed.detail,
    });
    return sent;
  }
  return { enabled: sent.enabled, value: parsed.schedule };
}

/** Names of the settings that differ, as the screens call them. */
export function changedSettings(before: OktaSettings, after: OktaSettings): string[] {
  const changed: string[] = [];
  if (before.domain !== after.domain) changed.push('Okta domain');
  if (before.schedule.enabled !== after.schedule.enabled) changed.push('Enable Scheduled Synchronization');
  if (JSON.stringify(before.schedule.value) !== JSON.stringify(after.schedule.value))
    changed.push('interval');
  return changed;
}
