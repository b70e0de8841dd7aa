import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';

type Download<Row> = { fileName: string; pages: AsyncIterable<readonly Row[]> };
type Cell = string | number | boolean | null;

/**
 * Streams rows as CSV in UTF-8. Cells that a spreadsheet would take for a formula (they begin with `= + - @`, a tab or
 * a carriage return) are quoted with an apostrophe.
 */
export async function sendCsv<Row>(
  response: Response,
  download: Download<Row> & { header: readonly string[]; toCells: (row: Row) => readonly Cell[] },
): Promise<void> {
  const { fileName, header, pages, toCells } = download;
  async function* records(): AsyncIterable<readonly Cell[]> {
    yield header;
    for await (const page of pages) for (const row of page) yield toCells(row);
  }
  const csv = stringify({ escape_formulas: true, cast: { boolean: String }, record_delimiter: '\r\n' });
  begin(response, fileName, 'text/csv; charset=utf-8');
  await deliver(response, () => pipeline(Readable.from(records()), csv, response));
}

/** Streams rows as one JSON list, as they are. */
export async function sendJsonList<Row>(response: Response, download: Download<Row>): Promise<void> {
  async function* chunks(): AsyncIterable<string> {
    let before = '[\n';
    for await (const page of download.pages) {
      if (page.length === 0) continue;
      yield before + page.map((row) => JSON.stringify(row)).join(',\n');
      before = ',\n';
    }
    yield before === '[\n' ? '[]\n' : '\n]\n';
  }
  begin(response, download.fileName, 'application/json; charset=utf-8');
  await deliver(response, () => pipeline(Readable.from(chunks()), response));
}

function begin(response: Response, fileName: string, contentType: string): void {
  response.status(200).set({
    'content-type': contentType,
    'content-disposition': `attachment; filename="${fileName}"`,
    'cache-control': 'no-store',
  });
}

/** Somebody who leaves in the middle of a download is no error. */
async function deliver(response: Response, send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_STREAM_PREMATURE_CLOSE' && response.destroyed) return;
    throw error;
  }
}
