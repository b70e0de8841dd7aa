import { readFile } from 'node:fs/promises';
import type {
  ErrorRegistry,
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { MigrationFolder } from './migration-folders.ts';

/** The compiler's DOM library declares it; this is the part that is used here. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Readonly<Record<string, object>>,
  ): Promise<{ instance: { exports: Readonly<Record<string, unknown>> } }>;
};

let loaded: ReturnType<typeof loadEngine> | undefined;

const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Applies the folders that the database does not have yet, and writes `_prisma_migrations` as `prisma migrate deploy`
 * does. Afterwards no connection of the engine is open: it locks the database exclusively until its adapters are
 * disposed.
 */
export async function applyMigrations(
  factory: SqlMigrationAwareDriverAdapterFactory,
  baseDirectory: string,
  folders: readonly MigrationFolder[],
): Promise<readonly string[]> {
  return await withSchemaEngine(factory, async (engine) => {
    const migrationsList = toMigrationList(baseDirectory, folders);
    const answer = await engine.applyMigrations({ migrationsList, filters: noFilters });
    return answer.appliedMigrationNames;
  });
}

/** The SQL script that leads from the migrations to the schema; empty when they agree. */
export async function diffMigrations(
  factory: SqlMigrationAwareDriverAdapterFactory,
  baseDirectory: string,
  options: { folders: readonly MigrationFolder[]; schema: { path: string; content: string } },
): Promise<string> {
  return await withSchemaEngine(factory, async (engine) => {
    const migrations = toMigrationList(baseDirectory, options.folders);
    const answer = await engine.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', files: [options.schema] },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    return answer.stdout ?? '';
  });
}

async function withSchemaEngine<Result>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const opened: SqlDriverAdapter[] = [];
  const keep = async (connecting: Promise<SqlDriverAdapter>) => {
    const adapter = await connecting;
    opened.push(adapter);
    return adapter;
  };
  const kept: SqlMigrationAwareDriverAdapterFactory = {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => keep(factory.connect()),
    connectToShadowDb: async () => acceptScripts(await keep(factory.connectToShadowDb())),
  };
  loaded ??= loadEngine();
  const { SchemaEngine } = await loaded;
  try {
    const bound = bindMigrationAwareSqlAdapterFactory(kept);
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, bound);
    try {
      return await work(engine);
    } catch (error) {
      throw withDriverError(error, bound.errorRegistry);
    } finally {
      engine.free();
    }
  } finally {
    for (const adapter of opened) await adapter.dispose();
  }
}

/** The engine hands whole scripts to a shadow database as if each were one statement. */
function acceptScripts(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const executeRaw = adapter.executeRaw.bind(adapter);
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return await executeRaw(query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  return adapter;
}

/** The engine's own words name the driver's error by a number only. */
function withDriverError(error: unknown, registry: ErrorRegistry): unknown {
  const number = /External error id#(\d+)/.exec(String(error))?.[1];
  const external = number === undefined ? undefined : registry.consumeError(Number(number))?.error;
  if (external === undefined) return error;

  const words = external instanceof Error ? external.message : String(external);
  return new Error(`${String(error).split('\n', 1)[0]} ${words}`, { cause: external });
}

/**
 * Five megabytes of WebAssembly: loaded only when a migration has to be made or applied, and once: its glue keeps views
 * of the first instance's memory, and a second instance never returns.
 */
async function loadEngine() {
  const specifier = '@prisma/schema-engine-wasm/schema_engine_bg';
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(new URL('schema_engine_bg.wasm', import.meta.resolve(specifier)));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  return glue;
}

function toMigrationList(baseDirectory: string, folders: readonly MigrationFolder[]): MigrationList {
  return {
    baseDir: baseDirectory,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "sqlite"\n' },
    shadowDbInitScript: '',
    migrationDirectories: folders.map((folder) => ({
      path: folder.name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: folder.script } },
    })),
  };
}
