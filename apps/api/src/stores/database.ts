import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import BetterSqlite3 from 'better-sqlite3';
import { type Checkpointer, createCheckpointer, noCheckpointer } from './checkpointer.ts';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { readMigrationFolders } from './migration-folders.ts';
import { assertPragmas, setPragmas } from './pragmas.ts';
import { protectFile } from './protect-file.ts';
import { openSnapshotOf, type Snapshot } from './snapshot.ts';
import { createSqlReader, type SqlReader } from './sql-reader.ts';
import { createStepWriter, type Steps } from './step-writer.ts';
import { createWriteGate } from './write-gate.ts';
import { createWriteTogether } from './write-together.ts';

/** No interactive transactions: they are not isolated on this driver. A batch is `Database.write`. */
export type DatabaseClient = Omit<
  PrismaClient,
  '$transaction' | '$connect' | '$disconnect' | '$extends' | '$on'
>;

type Results<Statements extends readonly Prisma.PrismaPromise<unknown>[]> = {
  -readonly [Index in keyof Statements]: Awaited<Statements[Index]>;
};

/** One database of this process: one writing client behind a gate, and readers that see only what is committed. */
export type Database = {
  /** Path, or `:memory:`. */
  readonly file: string;
  /** The process's clock: milliseconds since 1970. Nothing in the stores asks another one. */
  readonly now: () => number;
  /** Read-only. */
  readonly read: DatabaseClient;
  /** Read-only, with plain SQL and kept statements. */
  readonly sql: SqlReader;
  /**
   * Runs the statements as one transaction, alone: all of them or none. `build` only lists them; it must not await.
   * No statement over more than 5,000 rows.
   */
  write<const Statements extends readonly Prisma.PrismaPromise<unknown>[]>(
    build: (db: DatabaseClient) => Statements,
  ): Promise<Results<Statements>>;
  /**
   * The same for plain statements that are many or move many rows: quicker, and the event loop is given back between
   * two steps, unseen by readers. Other writes wait until the transaction ends. `work` may look at what a step answered,
   * must not await, and may throw: then nothing was written.
   */
  writeSteps<Result>(work: () => Steps<Result>): Promise<Result>;
  /**
   * The same for a few rows that somebody waits for: those that come meanwhile share one commit, which is what takes
   * long. Each is all or nothing for itself, and committed when its promise resolves. It may come before a transaction
   * of the other kinds that was asked for earlier and has not begun. `work` may be called once more.
   */
  writeTogether<Result>(work: () => Steps<Result>): Promise<Result>;
  /** One state over several reads; closed by the caller, after 60 s by itself. */
  openSnapshot(): Snapshot;
  /** Waits for the writes under way. */
  close(): Promise<void>;
};

export type DatabaseOptions = { readonly file: string; readonly now: () => number };

/**
 * Opens a migrated database (`migrateDatabase`). `:memory:` is for unit tests: it is migrated here and reads share the
 * one connection of the writer, so a read may see a batch that is half done; snapshots are copies.
 * @throws Error when a pragma cannot be set
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.file === ':memory:' ? await openInMemory(options) : await openFile(options);
}

async function openFile({ file, now }: DatabaseOptions): Promise<Database> {
  protectFile(file);
  const opened: BetterSqlite3.Database[] = [];
  const write = new PrismaClient({
    adapter: adapterFactory(file, { readonly: false }, (adapter) => opened.push(connectionOf(adapter))),
  });
  const read = new PrismaClient({ adapter: adapterFactory(file, { readonly: true }) });
  // The first statement opens the writer, which switches the file to WAL before a reader comes.
  await write.$queryRaw`select 1`;
  await read.$queryRaw`select 1`;
  const [connection] = opened;
  if (connection === undefined) throw new Error('the database was not opened');

  const reader = new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: 5000 });
  reader.pragma('query_only = ON');
  return assemble({
    options: { file, now },
    clients: { write, read },
    writer: connection,
    checkpointer: createCheckpointer(file),
    sql: createSqlReader(reader),
    openSnapshot: () => openSnapshotOf({ file }),
    close: async () => {
      reader.close();
      await read.$disconnect();
      await write.$disconnect();
    },
  });
}

async function openInMemory({ file, now }: DatabaseOptions): Promise<Database> {
  const opened: BetterSqlite3.Database[] = [];
  const factory = adapterFactory(file, { readonly: false }, (adapter) => opened.push(connectionOf(adapter)));
  const client = new PrismaClient({ adapter: factory });
  await client.$queryRaw`select 1`;
  const [connection] = opened;
  if (connection === undefined) throw new Error('the database in memory was not opened');

  for (const folder of await readMigrationFolders()) connection.exec(folder.script);
  return assemble({
    options: { file, now },
    clients: { write: client, read: client },
    writer: connection,
    checkpointer: noCheckpointer,
    sql: createSqlReader(connection),
    openSnapshot: () => openSnapshotOf({ memory: connection }),
    close: async () => await client.$disconnect(),
  });
}

function assemble(parts: {
  options: DatabaseOptions;
  clients: { write: PrismaClient; read: PrismaClient };
  /** The connection of the writing client. */
  writer: BetterSqlite3.Database;
  checkpointer: Checkpointer;
  sql: SqlReader;
  openSnapshot: () => Snapshot;
  close: () => Promise<void>;
}): Database {
  const { write, read } = parts.clients;
  const gate = createWriteGate();
  const runSteps = createStepWriter(parts.writer, parts.checkpointer);
  const snapshots = new Set<Snapshot>();
  return {
    ...parts.options,
    read,
    sql: parts.sql,
    write: <const Statements extends readonly Prisma.PrismaPromise<unknown>[]>(
      build: (db: DatabaseClient) => Statements,
    ) => gate(async () => (await write.$transaction([...build(write)])) as unknown as Results<Statements>),
    writeSteps: (work) => gate(() => runSteps(work)),
    writeTogether: createWriteTogether(gate, runSteps),
    openSnapshot: () => {
      for (const old of snapshots) if (!old.isOpen()) snapshots.delete(old);
      const snapshot = parts.openSnapshot();
      snapshots.add(snapshot);
      return snapshot;
    },
    close: () =>
      gate(async () => {
        for (const snapshot of snapshots) snapshot.close();
        await parts.checkpointer.close();
        await parts.close();
      }),
  };
}

/** Times are milliseconds on every client; pragmas are set and asserted at every open. */
function adapterFactory(
  file: string,
  mode: { readonly: boolean },
  opened: (adapter: SqlDriverAdapter) => void = () => undefined,
) {
  const factory = new PrismaBetterSqlite3(
    { url: file, readonly: mode.readonly, timeout: 5000 },
    { timestampFormat: 'unixepoch-ms' },
  );
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    await setPragmas(adapter, mode);
    await assertPragmas(adapter, { ...mode, inMemory: file === ':memory:' });
    opened(adapter);
    return adapter;
  };
  return factory;
}

/**
 * The adapter's own connection, for steps: a second one would wait for the first in `busy_timeout`, and be another
 * database in memory.
 */
function connectionOf(adapter: SqlDriverAdapter): BetterSqlite3.Database {
  const connection = 'client' in adapter ? adapter.client : undefined;
  if (connection instanceof BetterSqlite3) return connection;
  throw new Error('the adapter does not show its connection');
}
