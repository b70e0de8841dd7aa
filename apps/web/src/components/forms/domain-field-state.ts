import { formatOktaDomain, parseOktaDomain } from '@gatehouse/contracts/okta-domain';

/** What became of a paste. */
export type CleanedPaste = {
  paste: string;
  /** Pieces that are no part of a domain: as pasted, in the order of the paste. */
  removed: readonly string[];
  spaces: boolean;
  /** Capitals stand as small letters now. */
  lowered: boolean;
};

/** What the field says after it was left. */
export type SettledDomain = {
  value: string;
  /** Null where the text stands as it was typed. */
  cleaned: CleanedPaste | null;
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
  return { value, cleaned: cleanedPaste(typed, parsed.removed), error: undefined };
}

function cleanedPaste(paste: string, removed: readonly string[]): CleanedPaste | null {
  const left = removed.reduce((rest, piece) => rest.replace(piece, ''), paste);
  const spaces = /\s/.test(left);
  const lowered = /\p{Lu}/u.test(left);
  return removed.length > 0 || spaces || lowered ? { paste, removed, spaces, lowered } : null;
}

/** "Removed https://, -admin and spaces. Now in lower case." */
export function cleanedWords({ removed, spaces, lowered }: Omit<CleanedPaste, 'paste'>): string {
  const gone = spaces ? [...removed, 'spaces'] : removed;
  const last = gone.at(-1) ?? '';
  const list = gone.length > 1 ? `${gone.slice(0, -1).join(', ')} and ${last}` : last;
  const sentences = [gone.length > 0 && `Removed ${list}.`, lowered && 'Now in lower case.'];
  return sentences.filter((sentence) => sentence !== false).join(' ');
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
