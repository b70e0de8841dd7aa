import { formatOktaDomain, parseOktaDomain } from '@gatehouse/contracts/okta-domain';

/** What the field says after it was left. */
export type SettledDomain = {
  value: string;
  /** What was pasted, when something was taken away. */
  cleaned: { paste: string; removed: readonly string[] } | null;
  error: string | undefined;
};

/**
 * What becomes of a paste when the field is left. An empty field is no mistake yet: that is said on saving.
 * @param kept a paste that the person brought back by *Undo*: it stays as it is until it is changed.
 */
export function settleDomain(typed: string, kept: string | null): SettledDomain {
  if (typed === kept || typed.trim() === '') return { value: typed, cleaned: null, error: undefined };
  const parsed = parseOktaDomain(typed);
  if (!parsed.ok) return { value: typed, cleaned: null, error: parsed.detail };
  const value = formatOktaDomain(parsed);
  const cleaned = parsed.removed.length > 0 ? { paste: typed, removed: parsed.removed } : null;
  return { value, cleaned, error: undefined };
}

/** What the field says while it is typed in: how the text is going to be read, where that is not the text itself. */
export function readAs(typed: string): string | undefined {
  const parsed = parseOktaDomain(typed);
  if (!parsed.ok) return undefined;
  const value = formatOktaDomain(parsed);
  return value === typed ? undefined : value;
}

/** A place in Okta's admin console, or the org itself where the console's name cannot be told from the domain. */
export function consoleOf(
  domain: string,
  rehearsalUrl: string | null,
): { text: string; href: string } | null {
  const parsed = parseOktaDomain(domain);
  if (!parsed.ok) return null;
  if (rehearsalUrl !== null && new URL(rehearsalUrl).host === formatOktaDomain(parsed)) {
    return { text: 'Open the rehearsal Okta', href: rehearsalUrl };
  }
  const host = formatOktaDomain(parsed);
  if (parsed.kind !== 'okta') return { text: `Open ${host}`, href: `https://${host}/` };
  const [org, ...suffix] = host.split('.');
  const adminHost = `${org}-admin.${suffix.join('.')}`;
  return { text: `Open ${adminHost}`, href: `https://${adminHost}/` };
}
