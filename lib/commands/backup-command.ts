/**
 * `backup [--encrypt] [file]` and `restore [--replace] [--unauthenticated] file`, as `npm run backup` and `npm run restore`
 * call them. Reads where the database is and the secrets from the same environment and `.env` files as the server.
 */
import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import nextEnvironment from '@next/env';
import { askedFrom, ConfigError, readBackupSettings } from '#lib/config/config.ts';
import { createSealer } from '#lib/store/audit/audit-chain.ts';
import { BackupError } from '#lib/store/backup/contents.ts';
import { makeBackup } from '#lib/store/backup/make-backup.ts';
import { restoreBackup } from '#lib/store/backup/restore-backup.ts';
import { BACKUP_FOLDER } from '#lib/store/engine/private-files.ts';
import { createKeyring } from '#lib/store/sealing/keyring.ts';

const USAGE =
  'Usage: npm run backup [-- [--encrypt] <file>]\n' +
  '       npm run restore -- [--replace] [--unauthenticated] <file>';

const asMeant = (path: string) => resolve(askedFrom(), path);

const printLine = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (...words: unknown[]) => void process.stderr.write(`${words.join(' ')}\n`);

async function run(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { replace: flag, unauthenticated: flag, encrypt: flag },
  });
  const { replace, unauthenticated, encrypt } = values;
  const [verb, file, ...others] = positionals;
  if (others.length > 0) throw new BackupError(USAGE);
  if (verb === 'backup' && !replace && !unauthenticated) return backup(settings(), file, encrypt);
  if (verb !== 'restore' || file === undefined || encrypt) throw new BackupError(USAGE);
  return restore(settings(), asMeant(file), { replace, unauthenticated });
}

/** Where the database is, and the keys. */
function settings() {
  nextEnvironment.loadEnvConfig(process.cwd(), false, { info: () => undefined, error: complain });
  const { place, authSecret, previousSecrets, passphrase } = readBackupSettings();
  return {
    place,
    passphrase,
    nowMs: Date.now(),
    keyring: createKeyring(authSecret, previousSecrets),
    sealer: createSealer(authSecret, previousSecrets),
  };
}

type Settings = ReturnType<typeof settings>;

async function backup({ place, passphrase, ...keys }: Settings, file: string | undefined, encrypt: boolean) {
  if (encrypt && passphrase === null) {
    throw new BackupError('--encrypt needs a passphrase: set BACKUP_PASSPHRASE, or BACKUP_PASSPHRASE_FILE.');
  }
  const path = file === undefined ? usualPath(place.dataDir, keys.nowMs) : asMeant(file);
  const options = { ...keys, passphrase: encrypt ? passphrase : null, product: productVersion() };
  const { rows, bytes } = await makeBackup(place, path, options);
  printLine(`${path}: ${rows.toLocaleString('en')} rows, ${(bytes / 1024 ** 2).toFixed(1)} MiB.`);
  printLine(
    'To restore it you need the AUTH_SECRET of now: keep the file where the database may be, and the secret apart.',
  );
}

/** The version in package.json; null where that cannot be read. */
function productVersion(): string | null {
  try {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    return String((JSON.parse(text) as { version?: unknown }).version);
  } catch {
    return null;
  }
}

function usualPath(dataDir: string, now: number): string {
  const folder = isAbsolute(dataDir) ? dataDir : resolve(dataDir);
  const second = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  return join(folder, BACKUP_FOLDER, `rooms-desk-${second}Z.jsonl.gz`);
}

async function restore(
  { place, ...keys }: Settings,
  path: string,
  flags: { replace: boolean; unauthenticated: boolean },
): Promise<void> {
  const restored = await restoreBackup(place, path, { ...keys, ...flags });
  const { rows, madeAt, product, authenticated } = restored;
  printLine(
    `Restored ${rows.toLocaleString('en')} rows of ${madeAt}${product === null ? '' : `, version ${product}`}.`,
  );
  if (!authenticated) {
    printLine(
      'Nothing vouches for this file. API tokens in it were revoked, and what another AUTH_SECRET sealed stays unreadable.',
    );
    printLine(
      'Notification rules in it were switched off: check channels and rules under Alerts, then switch them on.',
    );
  }
  printLine('DingTalk calls made since then by a desk on another database are not counted here.');
}

/** What went wrong, without a stack where a sentence is enough. */
function troubleOf(error: unknown): string {
  if (error instanceof ConfigError) {
    return [
      ...error.problems,
      'Use the settings of the server: its AUTH_SECRET authenticates a backup.',
    ].join('\n');
  }
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: string };
  if (code === 'ENOSPC') return 'The disk is full: nothing was kept.';
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${error.message}\n${USAGE}`;
  const isPlain =
    error instanceof BackupError || code !== undefined || /^PostgreSQL|^This database/.test(error.message);
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
