/**
 * Fills a database with an inventory quickly: the store creates the tables, and its rows are inserted by the thousand.
 * A separate program, because the store is TypeScript and needs the condition.
 *
 *   node --conditions=react-server bench/fill-inventory.mjs <devices> sqlite <folder> [<events of each device>]
 *   node --conditions=react-server bench/fill-inventory.mjs <devices> postgres <url> [<events of each device>]
 *
 * The database is in a folder below `<folder>`, named after the newest migration, so that it can be reused.
 * Prints `{"at": ...}`, the folder or the url.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { NEWEST_MIGRATION } from '../lib/store/migrations/migrations.ts';
import { openPostgresStore } from '../lib/store/postgres.ts';
import { createKeyring } from '../lib/store/sealing/keyring.ts';
import { openSqliteStore } from '../lib/store/sqlite.ts';
import { believableFleet } from './believable-fleet.mjs';
import { historyRows } from './history-rows.mjs';
import { deviceRows, groupRows, roomRows } from './inventory-rows.mjs';

const AT_ONCE = 2_000;
/** Nothing is sealed here: rows go in as they were before there were seals. */
const KEYS = createKeyring('a secret of the bench, long enough for one');
/** Raised when other rows are written than before. */
const EDITION = 3;

const [count, engine, target = '', past = '0'] = process.argv.slice(2);
const devices = Number(count);
const events = Number(past);

/** @param {string} folder */
async function fillSqlite(folder) {
  const made = join(folder, `${NEWEST_MIGRATION}-${EDITION}-${devices}${events > 0 ? `-${events}` : ''}`);
  if (existsSync(made)) return made;
  const half = `${made}.${process.pid}`;
  await (await openSqliteStore(half, KEYS)).close();
  const database = new Sqlite(join(half, 'rooms-desk.sqlite'));
  database.pragma('synchronous = OFF');
  database.pragma('journal_mode = MEMORY');
  /** @type {Record<string, import('better-sqlite3').Statement>} */
  const kept = {};
  database.exec('begin');
  for (const [table, rows] of batches()) {
    const columns = Object.keys(rows[0] ?? {});
    kept[table] ??= database.prepare(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    );
    for (const row of rows) kept[table].run(columns.map((column) => row[column]));
  }
  database.exec('commit');
  database.pragma('journal_mode = WAL');
  database.exec('analyze');
  database.close();
  // Whole or not at all, also when two runs make it at once.
  if (existsSync(made)) rmSync(half, { recursive: true, force: true });
  else renameSync(half, made);
  return made;
}

/** @param {string} url */
async function fillPostgres(url) {
  await (await openPostgresStore(url, KEYS)).close();
  const client = new pg.Client(url);
  await client.connect();
  await client.query('begin');
  for (const [table, rows] of batches()) {
    const columns = Object.keys(rows[0] ?? {}).join(', ');
    await client.query(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    );
  }
  await client.query('commit');
  await client.query('vacuum analyze');
  await client.end();
  return url;
}

/** @returns {Generator<[string, Record<string, unknown>[]]>} */
function* batches() {
  const fleet = believableFleet(devices, Date.now());
  yield* filled(groupRows(fleet));
  for (let from = 0; from < fleet.rooms; from += AT_ONCE) {
    yield* filled(roomRows(fleet, from, Math.min(fleet.rooms, from + AT_ONCE)));
  }
  for (let from = 0; from < devices; from += AT_ONCE) {
    yield* filled(deviceRows(fleet, from, Math.min(devices, from + AT_ONCE)));
  }
  const some = Math.max(1, Math.floor(AT_ONCE / Math.max(1, events)));
  for (let from = 0; events > 0 && from < devices; from += some) {
    yield* filled(historyRows(fleet, from, Math.min(devices, from + some), events));
  }
}

/** @param {import('./inventory-rows.mjs').Rows} rows */
const filled = (rows) => Object.entries(rows).filter(([, some]) => some.length > 0);

const at = engine === 'sqlite' ? await fillSqlite(target) : await fillPostgres(target);
process.stdout.write(`${JSON.stringify({ at })}\n`);
