import { returning, type SqlRow, type SqlValue, statement } from './raw.ts';

type Writer = Parameters<typeof statement>[0];

type Translated = {
  readonly sql: string;
  readonly order: readonly number[];
  /** Each value stands once, and in order. */
  readonly isInOrder: boolean;
};

const translated = new Map<string, Translated>();

/**
 * A statement whose parameters are numbered (`?1`, `?2`), so that one value can stand in several places. The driver
 * takes numbered ones for named ones, hence the translation to plain `?`, made once a text.
 * @throws RangeError when the text names a value that is not given
 */
export function numberedStatement(
  db: Writer,
  sql: string,
  ...values: SqlValue[]
): ReturnType<typeof statement> {
  const { plain, ordered } = plainStatement(sql, values);
  return statement(db, plain, ...ordered);
}

/** The same with RETURNING. */
export function numberedReturning<Row extends SqlRow>(db: Writer, sql: string, ...values: SqlValue[]) {
  const { plain, ordered } = plainStatement(sql, values);
  return returning<Row>(db, plain, ...ordered);
}

/** A numbered statement as the driver takes it. @throws RangeError when the text names a value that is not given */
export function plainStatement(
  sql: string,
  values: readonly SqlValue[],
): { readonly plain: string; readonly ordered: readonly SqlValue[] } {
  const { sql: plain, order, isInOrder } = translate(sql);
  if (isInOrder && values.length === order.length) return { plain, ordered: values };
  const ordered = order.map((index) => {
    const value = values[index];
    if (value === undefined) throw new RangeError(`the statement needs a value ?${index + 1}`);
    return value;
  });
  return { plain, ordered };
}

function translate(sql: string): Translated {
  const known = translated.get(sql);
  if (known !== undefined) return known;
  const order: number[] = [];
  const plain = sql.replace(/\?(\d+)/g, (_match, number: string) => {
    order.push(Number(number) - 1);
    return '?';
  });
  const made = { sql: plain, order, isInOrder: order.every((index, place) => index === place) };
  translated.set(sql, made);
  return made;
}
