import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withInspected } from '#lib/store/inspect.ts';
import { changeDatabase } from '#lib/testing/databases/change-database.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { reading } from '#lib/testing/reading.ts';

describe.each(ENGINES)('a database on $engine', ({ start }) => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await start();
  });

  beforeEach(() => engine.fresh());

  afterAll(() => engine.stop());

  /** Opens a database whose list of migrations was changed by `statement`. */
  async function openAfter(statement: string) {
    await (await engine.open()).close();
    await changeDatabase(engine.place(), statement);
    return engine.open();
  }

  test('has exactly the migrations of this version when it is new', async () => {
    await (await engine.open()).close();
    expect(await withInspected(engine.place(), (database) => database.migrations())).toEqual([
      '0001-initial',
    ]);
  });

  test('keeps its data when it is opened again', async () => {
    const store = await engine.open();
    await store.recordReading({ by: 'deviceId', id: '1234' }, reading({ device: { name: 'Huangshan' } }));
    await store.close();
    const again = await engine.open();
    expect(await again.devicesByKeys(['1234'])).toMatchObject([{ name: 'Huangshan' }]);
  });

  test('of a newer version is refused with the name of its migration', async () => {
    const opened = openAfter("insert into kysely_migration (name, timestamp) values ('9999-later', 'now')");
    await expect(opened).rejects.toThrow(
      /^This database was written by a newer version of Rooms Desk: it has "9999-later", .* Install the version that wrote it, or restore a backup/,
    );
  });

  test('of a version before the first release is refused with what to do', async () => {
    const opened = openAfter("update kysely_migration set name = '0001-readings'");
    await expect(opened).rejects.toThrow(
      /^This database was made by a version from before the first release of Rooms Desk, .* Start with an empty folder as DATA_DIR, or an empty database as DATABASE_URL\./,
    );
  });
});
