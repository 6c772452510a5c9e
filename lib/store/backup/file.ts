import { createHash, createHmac, type Hmac, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { isPreRelease } from '#lib/store/migrations/pre-release.ts';
import type { Keyring } from '#lib/store/sealing/keyring.ts';
import { BackupError } from './contents.ts';
import { decrypted, encrypted } from './encryption.ts';

/** What a backup's first line says. */
export type BackupHeader = {
  format: 'rooms-desk backup';
  /** Version 1 was made before the first release, without a key. */
  version: 2;
  /** The version of Rooms Desk that made it; null where it does not say. */
  product: string | null;
  /** Which key authenticates it. */
  keyId: string;
  /** The last migration of its tables. */
  migration: string;
  /** ISO 8601 UTC. */
  madeAt: string;
};

/** A part of a backup: the rows that follow one are its table's. */
export type BackupPart = { table: string; columns: string[] } | { row: unknown[] };

type Trailer = { end: true; rows: number; sha256: string; mac?: string };

/** How a backup is written: with keys made of AUTH_SECRET, and encrypted when there is a passphrase. */
export type BackupKeys = { keyring: Keyring; passphrase: string | null };

/** How it is read. `unauthenticated`: also when its key is not known, so that anybody may have written it. */
export type BackupTrust = BackupKeys & { unauthenticated: boolean };

const backupKeys = (keyring: Keyring) => keyring.keysFor('backups');

/** A line that holds more is nothing a desk has written: the largest is one answer of DingTalk. */
const LONGEST_LINE = 64 * 1024 ** 2;

/**
 * Writes a backup: JSON lines, compressed, with a last line that says how many rows there are, what they hash to, and an
 * HMAC-SHA-256 of all lines before it under a key made of AUTH_SECRET. The file appears under its name when it is whole and on the disk; until then it is beside it, as `.partial`. Answers its
 * rows and bytes.
 */
export async function writeBackupFile(
  path: string,
  header: Omit<BackupHeader, 'version' | 'keyId'>,
  parts: AsyncIterable<BackupPart>,
  { keyring, passphrase }: BackupKeys,
): Promise<{ rows: number; bytes: number }> {
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // It holds secrets of rooms, such as cast codes.
  const file = await open(partial, 'w', 0o600);
  const count = { rows: 0 };
  try {
    const lines = Readable.from(linesOf(header, parts, count, keyring));
    await pipeline(lines, createGzip(), async (chunks: AsyncIterable<Buffer>) => {
      const bytes = passphrase === null ? chunks : encrypted(chunks, passphrase);
      for await (const chunk of bytes) await file.writeFile(chunk);
    });
    await file.sync();
    const { size } = await file.stat();
    await file.close();
    await rename(partial, path);
    await syncFolder(dirname(path));
    return { rows: count.rows, bytes: size };
  } catch (error) {
    await file.close();
    await rm(partial, { force: true });
    throw error;
  }
}

/** A name is durable when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

async function* linesOf(
  header: Omit<BackupHeader, 'version' | 'keyId'>,
  parts: AsyncIterable<BackupPart>,
  count: { rows: number },
  keyring: Keyring,
): AsyncGenerator<string> {
  const [key] = backupKeys(keyring);
  if (!key) throw new Error('A keyring has at least one secret.');
  const [hash, hmac] = [createHash('sha256'), createHmac('sha256', key.key)];
  const line = (value: unknown) => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    hmac.update(text);
    return text;
  };
  yield line({ ...header, version: 2, keyId: key.id } satisfies BackupHeader);
  for await (const part of parts) {
    if ('row' in part) count.rows += 1;
    yield line('row' in part ? part.row : part);
  }
  const trailer: Trailer = {
    end: true,
    rows: count.rows,
    sha256: hash.digest('hex'),
    mac: hmac.digest('hex'),
  };
  yield `${JSON.stringify(trailer)}\n`;
}

/**
 * A backup's header and then its parts. Rejects with BackupError where it stops being one, at the latest at its end, which
 * is where it is known to be whole and Rooms Desk's own: until then nothing that it says may be believed.
 */
export async function* readBackupFile(
  path: string,
  trust: BackupTrust,
): AsyncGenerator<BackupHeader | BackupPart> {
  const hash = createHash('sha256');
  let hmac: Hmac | null = null;
  let rows = 0;
  let header: BackupHeader | null = null;
  let ended = false;
  for await (const bytes of linesIn(path, trust.passphrase)) {
    const value = parsed(bytes, path);
    if (ended) throw damaged(path, 'something follows its end');
    if (header === null) {
      header = asHeader(value, path);
      hmac = hmacOf(header, path, trust);
      yield header;
    } else if (isTrailer(value)) {
      if (value.rows !== rows || value.sha256 !== hash.digest('hex')) throw damaged(path, 'it was changed');
      if (hmac && !isSame(value.mac, hmac.digest())) {
        throw new BackupError(
          `${path} is not authentic: it was changed after it was made. Use another backup.`,
        );
      }
      ended = true;
      continue;
    } else {
      const part = asPart(value);
      if (part === null) throw damaged(path, 'a line is none of its own');
      if ('row' in part) rows += 1;
      yield part;
    }
    for (const each of [hash, hmac]) each?.update(bytes).update('\n');
  }
  if (!ended) throw damaged(path, 'its end is missing');
}

/** What the file is authenticated with; null for one that is taken unauthenticated. Throws BackupError without a key. */
function hmacOf(
  { keyId }: BackupHeader,
  path: string,
  { keyring, unauthenticated }: BackupTrust,
): Hmac | null {
  const key = backupKeys(keyring).find(({ id }) => id === keyId);
  if (key) return createHmac('sha256', key.key);
  if (unauthenticated) return null;
  throw new BackupError(
    `${path} was made with another AUTH_SECRET (key ${keyId.slice(0, 16)}). If you have that one, set it in AUTH_SECRET_PREVIOUS. ` +
      'Otherwise the origin of the file is unknown: to restore it nevertheless, use --unauthenticated.',
  );
}

/** Whether a key made of a known AUTH_SECRET vouches for a file. */
export const isKnownKey = ({ keyId }: BackupHeader, { keyring }: BackupKeys): boolean =>
  backupKeys(keyring).some(({ id }) => id === keyId);

const isSame = (given: unknown, expected: Buffer): boolean =>
  typeof given === 'string' &&
  /^[0-9a-f]{64}$/.test(given) &&
  timingSafeEqual(Buffer.from(given, 'hex'), expected);

const damaged = (path: string, how: string) =>
  new BackupError(`${path} is damaged: ${how}. Use another backup.`);

function parsed(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw damaged(path, 'a line cannot be read');
  }
}

function asHeader(value: unknown, path: string): BackupHeader {
  const { format, version, migration, madeAt, product, keyId } = (value ?? {}) as Partial<
    Record<string, unknown>
  >;
  if (format !== 'rooms-desk backup' || typeof migration !== 'string' || typeof madeAt !== 'string') {
    throw new BackupError(`${path} is not a backup of Rooms Desk.`);
  }
  if (version === 1 || isPreRelease(migration)) {
    throw new BackupError(
      `${path} was made by a version from before the first release of Rooms Desk, which cannot be restored. ` +
        'Start with an empty database. See docs/upgrade.md.',
    );
  }
  if (version !== 2)
    throw new BackupError(`${path} was made by a newer version of Rooms Desk: use that one.`);
  return {
    format,
    version,
    migration,
    madeAt,
    product: typeof product === 'string' ? product : null,
    keyId: String(keyId),
  };
}

const isTrailer = (value: unknown): value is Trailer =>
  typeof value === 'object' && value !== null && (value as Partial<Trailer>).end === true;

function asPart(value: unknown): BackupPart | null {
  if (Array.isArray(value)) return { row: value };
  const { table, columns } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (typeof table !== 'string' || !Array.isArray(columns)) return null;
  return { table, columns: columns.map(String) };
}

/** The lines of a compressed file, without their ends. */
async function* linesIn(path: string, passphrase: string | null): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let held = 0;
  const bytes = createGunzip();
  // What breaks it breaks the walk below too, which is where it is told.
  const file = createReadStream(path);
  pipeline(file, (source) => decrypted(source, path, passphrase), bytes).catch(() => undefined);
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      let from = 0;
      for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
        yield Buffer.concat([...rest, chunk.subarray(from, end)]);
        rest = [];
        held = 0;
        from = end + 1;
      }
      rest.push(chunk.subarray(from));
      held += chunk.length - from;
      if (held > LONGEST_LINE) throw damaged(path, 'a line has no end');
    }
  } catch (error) {
    throw asTrouble(error, path);
  }
  if (held > 0) throw damaged(path, 'its last line is cut off');
}

function asTrouble(error: unknown, path: string): unknown {
  const { code = '' } = error as { code?: string };
  if (code === 'ENOENT') return new BackupError(`There is no file ${path}.`);
  if (code === 'EISDIR') return new BackupError(`${path} is a folder.`);
  if (code === 'EACCES') return new BackupError(`${path} may not be read by this user.`);
  if (code === 'Z_BUF_ERROR') return damaged(path, 'it is cut off');
  if (code === 'Z_DATA_ERROR')
    return new BackupError(`${path} is not a backup of Rooms Desk, or is damaged.`);
  return error;
}
