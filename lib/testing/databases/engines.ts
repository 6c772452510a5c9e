import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import { openPostgresStore } from '#lib/store/postgres.ts';
import type { Keyring } from '#lib/store/sealing/keyring.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import type { Store } from '#lib/store/store.ts';
import { KEYS } from '#lib/testing/keys.ts';
import { placeMigratedSqlite } from './migrated-sqlite.ts';
import { migratedTemplate, sharedPostgres } from './shared-postgres.ts';

/** A database engine for contract tests. */
export type TestEngine = {
  /** Turns to a new, empty database, the one that `open` opens from here on. */
  fresh(): Promise<void>;
  /** A store on the current database; another one each time, as another process would have. */
  open(keyring?: Keyring): Promise<Store>;
  /** The settings that name the current database, for commands. */
  place(): DatabasePlace;
  /** Closes every store that was opened and is still open, and the engine. */
  stop(): Promise<void>;
};

/** Every engine the store runs on, for `describe.each`; `start` in `beforeAll`, `stop` in `afterAll`. */
export const ENGINES: { engine: string; start: () => Promise<TestEngine> }[] = [
  { engine: 'SQLite', start: startSqlite },
  { engine: 'PostgreSQL', start: startPostgresEngine },
];

/**
 * A store to write with at the same time: another instance's, where there may be several. On SQLite it is the same one,
 * because a second connection in one process waits for the first with the whole process standing still.
 */
export const instanceBeside = async (engine: TestEngine, store: Store): Promise<Store> =>
  store.manyInstances ? engine.open() : store;

async function startSqlite(): Promise<TestEngine> {
  const root = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
  let databases = 0;
  const folder = () => join(root, String(databases));
  await placeMigratedSqlite(folder());
  return closing({
    async fresh() {
      databases += 1;
      await placeMigratedSqlite(folder());
    },
    open: (keyring = KEYS) => openSqliteStore(folder(), keyring),
    place: () => ({ databaseUrl: null, dataDir: folder() }),
    stop: async () => rmSync(root, { recursive: true }),
  });
}

async function startPostgresEngine(): Promise<TestEngine> {
  const server = await sharedPostgres();
  const template = await migratedTemplate(server);
  let url = await server.newDatabase(template);
  return closing({
    async fresh() {
      await server.dropDatabase(url);
      url = await server.newDatabase(template);
    },
    open: (keyring = KEYS) => openPostgresStore(url, keyring),
    place: () => ({ databaseUrl: url, dataDir: tmpdir() }),
    stop: () => server.stop(),
  });
}

/** The engine, closing what was left open; a store that was closed by its test is left alone. */
function closing(engine: TestEngine): TestEngine {
  const stores = new Set<Store>();
  const closeAll = () => Promise.all([...stores].map((store) => store.close()));
  return {
    async fresh() {
      await closeAll();
      await engine.fresh();
    },
    place: engine.place,
    async open(keyring) {
      const store = await engine.open(keyring);
      stores.add(store);
      const close = async () => {
        stores.delete(store);
        await store.close();
      };
      const handle = { ...store, close };
      return handle;
    },
    async stop() {
      await closeAll();
      await engine.stop();
    },
  };
}
