import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { ZipFile } from 'yazl';

/** Sends texts as one ZIP, byte for byte as they are. The same files and time make the same ZIP. */
export async function sendZip(
  response: Response,
  zip: {
    readonly fileName: string;
    readonly files: readonly { readonly name: string; readonly content: string }[];
    readonly modifiedAt: Date;
  },
): Promise<void> {
  const archive = new ZipFile();
  for (const { name, content } of zip.files) {
    archive.addBuffer(Buffer.from(content), name, { mtime: zip.modifiedAt, mode: 0o100644 });
  }
  archive.end();
  response.status(200).set({
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${zip.fileName}"`,
    'cache-control': 'no-store',
  });
  try {
    await pipeline(archive.outputStream as Readable, response);
  } catch (error) {
    // Somebody who leaves in the middle of a download is no error.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ERR_STREAM_PREMATURE_CLOSE' || !response.destroyed) throw error;
  }
}
