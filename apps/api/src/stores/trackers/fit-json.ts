import { cutText } from '../../logging/visible-text.ts';

/** From generous to tight: how much of a text, and how many entries of a list or object, are kept. */
const measures = [
  { text: 2_000, entries: 200 },
  { text: 500, entries: 100 },
  { text: 200, entries: 50 },
  { text: 100, entries: 20 },
  { text: 60, entries: 8 },
] as const;
type Measure = (typeof measures)[number];

const longestName = 100;

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * JSON of an object in at most so many bytes of UTF-8: long texts, lists and objects are cut, each with a mark that
 * says so, and when that is not enough the largest fields are replaced by their size.
 */
export function fitJson(value: Readonly<Record<string, unknown>>, longestBytes: number): string {
  for (const measure of measures) {
    const json = JSON.stringify(cutObject(value, measure));
    if (Buffer.byteLength(json) <= longestBytes) return json;
  }
  return withoutLargest(cutObject(value, measures[measures.length - 1] ?? measures[0]), longestBytes);
}

function withoutLargest(fields: Record<string, Json>, longestBytes: number): string {
  const sizes = Object.entries(fields)
    .map(([name, field]) => ({ name, bytes: Buffer.byteLength(JSON.stringify(field)) }))
    .sort((left, right) => right.bytes - left.bytes);
  const left = { ...fields };
  for (const { name, bytes } of sizes) {
    left[name] = `[cut: ${bytes} bytes]`;
    const json = JSON.stringify(left);
    if (Buffer.byteLength(json) <= longestBytes) return json;
  }
  return '{}';
}

function cutJson(value: unknown, measure: Measure): Json {
  switch (typeof value) {
    case 'string':
      return cutText(value, measure.text);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return String(value);
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? cutList(value, measure) : cutObject(value, measure);
    default:
      return null;
  }
}

function cutList(list: readonly unknown[], measure: Measure): Json[] {
  const kept = list.slice(0, measure.entries).map((entry) => cutJson(entry, measure));
  const left = list.length - kept.length;
  return left > 0 ? [...kept, `… and ${left} more`] : kept;
}

function cutObject(value: object, measure: Measure): Record<string, Json> {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  const kept = entries
    .slice(0, measure.entries)
    .map(([name, field]): [string, Json] => [cutText(name, longestName), cutJson(field, measure)]);
  const left = entries.length - kept.length;
  return Object.fromEntries(left > 0 ? [...kept, ['…', `and ${left} more`]] : kept);
}
