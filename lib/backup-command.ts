/**
 * `backup [file]` and `restore [--replace] file`, as `npm run backup` and `npm run restore` call them. Reads where the
 * database is from the same environment and `.env` files as the server, and nothing else of it.
 */
import { isAbsolute, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import nextEnvironment from '@next/env';
import { askedFrom, ConfigError, readDatabasePlace } from './config.ts';
import { BackupError, type DatabasePlace } from './store/backup/contents.ts';
import { makeBackup } from './store/backup/make-backup.ts';
import { restoreBackup } from './store/backup/restore-backup.ts';
import { BACKUP_FOLDER } from './store/private-files.ts';

const USAGE = 'Usage: npm run backup [-- file]\n       npm run restore -- [--replace] file';

const asMeant = (path: string) => resolve(askedFrom(), path);

const say = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (...words: unknown[]) => void process.stderr.write(`${words.join(' ')}\n`);

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false } },
  });
  const [verb, file, ...others] = positionals;
  if (others.length > 0) throw new BackupError(USAGE);
  if (verb === 'backup' && !values.replace) return backup(placeOfDatabase(), file);
  if (verb !== 'restore' || file === undefined) throw new BackupError(USAGE);
  return restore(placeOfDatabase(), asMeant(file), values.replace);
}

function placeOfDatabase(): DatabasePlace {
  nextEnvironment.loadEnvConfig(process.cwd(), false, { info: () => undefined, error: complain });
  return readDatabasePlace();
}

async function backup(place: DatabasePlace, file: string | undefined): Promise<void> {
  const now = Date.now();
  const path = file === undefined ? usualPath(place.dataDir, now) : asMeant(file);
  const { rows, bytes } = await makeBackup(place, path, now);
  say(`${path}: ${rows.toLocaleString('en')} rows, ${(bytes / 1024 ** 2).toFixed(1)} MiB.`);
  say('It holds what rooms keep secret, such as cast codes: keep it where the database may be.');
}

function usualPath(dataDir: string, now: number): string {
  const folder = isAbsolute(dataDir) ? dataDir : resolve(dataDir);
  const second = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  return join(folder, BACKUP_FOLDER, `rooms-desk-${second}Z.jsonl.gz`);
}

async function restore(place: DatabasePlace, path: string, replace: boolean): Promise<void> {
  const { rows, madeAt } = await restoreBackup(place, path, { replace, nowMs: Date.now() });
  say(`Restored ${rows.toLocaleString('en')} rows of ${madeAt}.`);
  say('DingTalk calls made since then by a desk on another database are not counted here.');
}

/** What went wrong, without a stack where a sentence is enough. */
function troubleOf(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.join('\n');
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: string };
  if (code === 'ENOSPC') return 'The disk is full: nothing was kept.';
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${error.message}\n${USAGE}`;
  const isPlain = error instanceof BackupError || code !== undefined || /^PostgreSQL/.test(error.message);
  return isPlain ? error.message : (error.stack ?? error.message);
}

// Nothing that is written here is for other users of the machine.
process.umask(0o077);
try {
  await run();
} catch (error) {
  complain(troubleOf(error));
  process.exitCode = 1;
}
