/** Every canary is longer, so a text is walked once, whatever their number. */
const beginning = 20;

/** Secrets that passed by, by what they are, and the search for them. */
export class Canaries {
  readonly #planted = new Map<string, Set<string>>();
  readonly #index = new Map<string, { readonly name: string; readonly form: string }[]>();

  /** @throws RangeError for one that would be found in ordinary text */
  plant(name: string, value: string | null | undefined): void {
    if (value === null || value === undefined || value === '') return;
    if (value.length <= beginning) throw new RangeError(`${name} is too short: ${value.length} characters`);
    const values = this.#planted.get(name) ?? new Set();
    this.#planted.set(name, values);
    if (values.has(value)) return;
    values.add(value);
    for (const form of formsOf(value)) {
      const key = form.slice(0, beginning);
      this.#index.set(key, [...(this.#index.get(key) ?? []), { name, form }]);
    }
  }

  /** How many there are of each. */
  counts(): Record<string, number> {
    return Object.fromEntries([...this.#planted].map(([name, { size }]) => [name, size]));
  }

  first(name: string): string {
    return [...(this.#planted.get(name) ?? [])][0] ?? '';
  }

  /** Name and place of each that stands in the text. */
  search(text: string, where: string): string[] {
    const found = new Set<string>();
    for (let at = 0; at <= text.length - beginning; at += 1) {
      for (const { name, form } of this.#index.get(text.slice(at, at + beginning)) ?? []) {
        if (text.startsWith(form, at)) found.add(`${name} in ${where}`);
      }
    }
    return [...found];
  }
}

/** A value as it may travel: in clear, percent-encoded, inside JSON, in base64. */
function formsOf(value: string): string[] {
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  return [...new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), base64])];
}
