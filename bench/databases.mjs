import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync } from 'node:fs';
import { ScriptError } from '../scripts/process/output.mjs';
import { inRoot } from '../scripts/toolchain/places.mjs';
import { passingFolder } from './bench-app.mjs';

/** @typedef {'SQLite' | 'PostgreSQL'} Engine @type {Engine[]} */
export const ENGINES = ['SQLite', 'PostgreSQL'];

/** Beside the build: what was filled is used again while the tables are the same. */
const CACHE = inRoot('bench', '.apps', 'inventory');

/**
 * Databases for as long as a row needs them.
 * @typedef {ReturnType<typeof createDatabases>} Databases
 * @param {string} node
 * @param {(line: string) => void} progress
 */
export function createDatabases(node, progress) {
  /** @type {Promise<import('../lib/testing/databases/postgres-server.ts').PostgresServer> | null} */
  let postgres = null;
  const server = () => {
    postgres ??= import('../lib/testing/databases/postgres-server.ts').then(({ startPostgres }) =>
      startPostgres(),
    );
    return postgres;
  };
  return {
    /** An empty database on PostgreSQL; its URL. */
    newPostgres: async () => (await server()).newDatabase(),
    /**
     * A database with that many devices, as options for a server.
     * @param {Engine} engine @param {number} devices @param {number} [events] of each device
     */
    async knowing(engine, devices, events = 0) {
      if (engine === 'PostgreSQL') {
        const url = await (await server()).newDatabase();
        await fill(node, devices, 'postgres', url, events);
        return { env: { DATABASE_URL: url } };
      }
      mkdirSync(CACHE, { recursive: true });
      progress(`an inventory of ${devices} devices`);
      const made = await fill(node, devices, 'sqlite', CACHE, events);
      // A copy, because the server writes into it.
      const dataDir = passingFolder('rooms-desk-bench-');
      cpSync(made, dataDir, { recursive: true });
      return { dataDir };
    },
    async stop() {
      if (postgres) await (await postgres).stop();
      postgres = null;
    },
  };
}

/**
 * Where it is now.
 * @param {string} node @param {number} devices @param {string} engine @param {string} target @param {number} events
 */
async function fill(node, devices, engine, target, events) {
  const program = inRoot('bench', 'fill-inventory.mjs');
  const args = ['--conditions=react-server', program, String(devices), engine, target, String(events)];
  const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (part) => {
    said += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new ScriptError(`The inventory of ${devices} devices was not filled.`);
  return String(JSON.parse(said).at);
}
