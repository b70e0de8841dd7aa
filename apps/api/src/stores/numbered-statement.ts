import { type SqlValue, statement } from './raw.ts';

type Translated = { readonly sql: string; readonly order: readonly number[] };

const translated = new Map<string, Translated>();

/**
 * A statement whose parameters are numbered (`?1`, `?2`), so that one value can stand in several places. The driver
 * takes numbered ones for named ones, hence the translation to plain `?`, made once a text.
 * @throws RangeError when the text names a value that is not given
 */
export function numberedStatement(
  db: Parameters<typeof statement>[0],
  sql: string,
  ...values: SqlValue[]
): ReturnType<typeof statement> {
  const { sql: plain, order } = translate(sql);
  const ordered = order.map((index) => {
    const value = values[index];
    if (value === undefined) throw new RangeError(`the statement needs a value ?${index + 1}`);
    return value;
  });
  return statement(db, plain, ...ordered);
}

function translate(sql: string): Translated {
  const known = translated.get(sql);
  if (known !== undefined) return known;
  const order: number[] = [];
  const plain = sql.replace(/\?(\d+)/g, (_match, number: string) => {
    order.push(Number(number) - 1);
    return '?';
  });
  const made = { sql: plain, order };
  translated.set(sql, made);
  return made;
}
