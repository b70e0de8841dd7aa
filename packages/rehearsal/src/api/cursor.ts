import { validationFailed } from '../okta-error.ts';

/** Where the next page starts. */
export type Cursor = {
  /** Position in Okta's order of the last row served; -1 before the first. */
  readonly position: number;
  /** Rows served so far; tells the place in sorted lists. */
  readonly offset: number;
  /** Number of the page that the cursor leads to, counted from 1. */
  readonly page: number;
};

export const FIRST_PAGE: Cursor = { position: -1, offset: 0, page: 1 };

const SCRAMBLE = 0x5f3759df;

/** Writes a cursor for one list; it says nothing to a reader and is refused by another list. */
export function encodeCursor(list: string, cursor: Cursor): string {
  const numbers = [listMark(list), cursor.position ^ SCRAMBLE, cursor.offset ^ SCRAMBLE, cursor.page];
  const bytes = Buffer.alloc(16);
  numbers.forEach((number, index) => {
    bytes.writeInt32BE(number | 0, index * 4);
  });
  return bytes.toString('base64url');
}

/** Reads a cursor back. Throws OktaError E0000001 when it is not one of this list. */
export function decodeCursor(list: string, text: string | undefined): Cursor {
  if (text === undefined || text === '') return FIRST_PAGE;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 16 || bytes.readInt32BE(0) !== (listMark(list) | 0)) {
    throw validationFailed('after', ['after: The cursor is not valid for this request']);
  }
  const position = bytes.readInt32BE(4) ^ SCRAMBLE;
  const offset = bytes.readInt32BE(8) ^ SCRAMBLE;
  const page = bytes.readInt32BE(12);
  if (position < -1 || offset < 0 || page < 1) {
    throw validationFailed('after', ['after: The cursor is not valid for this request']);
  }
  return { position, offset, page };
}

function listMark(list: string): number {
  let mark = 0x811c9dc5;
  for (let i = 0; i < list.length; i += 1) mark = Math.imul(mark ^ list.charCodeAt(i), 0x01000193);
  return mark;
}
