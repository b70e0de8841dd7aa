import { parentPort, workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';

/** The thread of `createCheckpointer`: one checkpoint a message. PASSIVE waits for nobody and keeps nobody waiting. */
const { file } = workerData as { file: string };
const connection = new BetterSqlite3(file, { fileMustExist: true });
connection.exec('pragma synchronous = FULL; pragma wal_autocheckpoint = 0;');
const checkpoint = connection.prepare('pragma wal_checkpoint(PASSIVE)');

parentPort?.on('message', (message: 'checkpoint' | 'close') => {
  if (message === 'checkpoint') {
    checkpoint.get();
    parentPort?.postMessage('done');
    return;
  }
  connection.close();
  parentPort?.close();
});
