/** Longest text of a value that goes into a trace, in UTF-16 units. */
const textLimit = 300;

/** Any value of a hostile answer as short text. Never throws, however deep or large the value. */
export function seenText(value: unknown, limit = textLimit): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return value === '' ? 'empty' : cutText(value, limit);
  try {
    return cutText(JSON.stringify(value) ?? typeof value, limit);
  } catch {
    // JSON.parse takes nesting that JSON.stringify runs out of stack for.
    return 'a value that is nested too deeply';
  }
}

/** Cut at whole characters, with an ellipsis where something is missing. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit).replace(/[\ud800-\udbff]$/, '')}…`;
}
