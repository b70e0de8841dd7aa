import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, type Gunzip } from 'node:zlib';

/** What `readBody` understands, best first; sent as `accept-encoding`. */
export const acceptedEncodings = 'gzip, deflate, br';

const decoders: Record<string, () => Gunzip> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/**
 * Reads a body to its end and decodes it as UTF-8. Counts what comes out of decompression, so a small
 * answer that grows is stopped as soon as it is over the cap.
 * @param encoding the `content-encoding` header, if any
 * @param maxBytes cap after decompression
 * @throws BodyTooLargeError, or whatever broke the stream
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let total = 0;
  async function collect(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      total += chunk.length;
      if (total > maxBytes) throw new BodyTooLargeError(`more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  }
  const decoder = decoderFor(encoding);
  if (decoder === null) await pipeline(body, collect);
  else await pipeline(body, decoder, collect);
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function decoderFor(encoding: string | undefined): Gunzip | null {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return null;
  const create = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (create === undefined) throw new Error('the answer has a content encoding that was not asked for');
  return create();
}
