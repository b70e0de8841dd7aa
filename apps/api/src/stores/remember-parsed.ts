/** Longer texts are parsed each time. Unit: characters. */
const longestRemembered = 100_000;

/**
 * Parses each stored text once while it is one of the `most` seen last: rows that logins read again and again hold JSON
 * that hardly ever changes. Only the text decides, so nothing is ever stale. Values are frozen, since they are shared.
 */
export function rememberParsed<Value>(parse: (text: string) => Value, most = 100): (text: string) => Value {
  const remembered = new Map<string, Value>();
  return (text) => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const value = deepFreeze(parse(text));
    if (text.length > longestRemembered) return value;
    const [oldest] = remembered.keys();
    if (remembered.size >= most && oldest !== undefined) remembered.delete(oldest);
    remembered.set(text, value);
    return value;
  };
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
