import { once } from 'node:events';
import { type IncomingMessage, request as sendRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { fromBuffer, type ZipFile } from 'yauzl';
import type { Gatehouse } from './testing.ts';

/** The texts in a ZIP that the administrator downloads, in its order. */
export async function unzipped({ app, admin }: Gatehouse, path: string): Promise<string[]> {
  const headers = { host: new URL(app.config.publicUrl).host, cookie: admin.cookie };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sendRequest({ host: '127.0.0.1', port: app.port, path, agent: false, headers })
      .once('response', resolve)
      .once('error', reject)
      .end();
  });
  const zip = await open(await buffer(response));
  const contents: string[] = [];
  zip.on('entry', (entry) => {
    zip.openReadStream(entry, async (error, stream) => {
      if (error) return void zip.emit('error', error);
      contents.push((await buffer(stream)).toString());
      zip.readEntry();
    });
  });
  zip.readEntry();
  await once(zip, 'end');
  return contents;
}

function open(content: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(content, { lazyEntries: true }, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}
