/** Facts of a coded reason as they were stored: nothing is certain about their types. */
export type Facts = Readonly<Record<string, unknown>>;

/** A text of the facts; `otherwise` when it is missing or no text. */
export function factText(facts: Facts, name: string, otherwise = ''): string {
  const value = facts[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : otherwise;
}

export function factNumber(facts: Facts, name: string): number {
  const value = facts[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** 12,345 with its noun: "1 person", "12,345 people". */
export function countOf(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

export function people(facts: Facts, name = 'count'): string {
  return countOf(factNumber(facts, name), 'person', 'people');
}

/** Time of day of an instant, in UTC: "at 02:16:10 UTC". Screens that know a zone format the fact themselves. */
export function clockTime(facts: Facts, name: string): string {
  const match = /T(\d\d:\d\d:\d\d)/.exec(factText(facts, name));
  return match?.[1] === undefined ? 'soon' : `at ${match[1]} UTC`;
}

/** A sentence with what Okta's support needs, or nothing. */
export function oktaTrail(facts: Facts): string {
  const parts = [
    factText(facts, 'oktaCode') === '' ? '' : `Okta’s code is ${factText(facts, 'oktaCode')}`,
    factText(facts, 'oktaRequestId') === '' ? '' : `its request id ${factText(facts, 'oktaRequestId')}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` ${sentence(parts.join(', '))}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
