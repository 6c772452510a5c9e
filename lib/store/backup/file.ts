import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BackupError } from './contents.ts';

/** What a backup's first line says. */
export type BackupHeader = {
  format: 'rooms-desk backup';
  version: 1;
  /** The last migration of its tables. */
  migration: string;
  /** ISO 8601 UTC. */
  madeAt: string;
};

/** A part of a backup: the rows that follow one are its table's. */
export type BackupPart = { table: string; columns: string[] } | { row: unknown[] };

type Trailer = { end: true; rows: number; sha256: string };

/** A line that holds more is nothing a desk has written: the largest is one answer of DingTalk. */
const LONGEST_LINE = 64 * 1024 ** 2;

/**
 * Writes a backup: JSON lines, compressed, with a last line that says how many rows there are and what they hash to. The
 * file appears under its name when it is whole and on the disk; until then it is beside it, as `.partial`. Answers its
 * rows and bytes.
 */
export async function writeBackupFile(
  path: string,
  header: BackupHeader,
  parts: AsyncIterable<BackupPart>,
): Promise<{ rows: number; bytes: number }> {
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // It holds secrets of rooms, such as cast codes.
  const file = await open(partial, 'w', 0o600);
  const count = { rows: 0 };
  try {
    await pipeline(Readable.from(linesOf(header, parts, count)), createGzip(), async (chunks) => {
      for await (const chunk of chunks) await file.writeFile(chunk as Buffer);
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
  header: BackupHeader,
  parts: AsyncIterable<BackupPart>,
  count: { rows: number },
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const line = (value: unknown) => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  yield line(header);
  for await (const part of parts) {
    if ('row' in part) count.rows += 1;
    yield line('row' in part ? part.row : part);
  }
  yield `${JSON.stringify({ end: true, rows: count.rows, sha256: hash.digest('hex') } satisfies Trailer)}\n`;
}

/** Reads a backup from its first line to its last and answers its header. Rejects with BackupError unless it is whole. */
export async function checkBackupFile(path: string): Promise<BackupHeader> {
  let header: BackupHeader | null = null;
  for await (const part of readBackupFile(path)) if ('format' in part) header = part;
  if (header === null) throw new BackupError(`${path} is not a backup of Rooms Desk.`);
  return header;
}

/** A backup's header and then its parts. Rejects with BackupError where it stops being one, at the latest at its end. */
export async function* readBackupFile(path: string): AsyncGenerator<BackupHeader | BackupPart> {
  const hash = createHash('sha256');
  let rows = 0;
  let header: BackupHeader | null = null;
  let ended = false;
  for await (const bytes of linesIn(path)) {
    const value = parsed(bytes, path);
    if (ended) throw damaged(path, 'something follows its end');
    if (header === null) {
      header = asHeader(value, path);
      yield header;
    } else if (isTrailer(value)) {
      if (value.rows !== rows || value.sha256 !== hash.digest('hex')) throw damaged(path, 'it was changed');
      ended = true;
      continue;
    } else {
      const part = asPart(value);
      if (part === null) throw damaged(path, 'a line is none of its own');
      if ('row' in part) rows += 1;
      yield part;
    }
    addLine(hash, bytes);
  }
  if (!ended) throw damaged(path, 'its end is missing');
}

function addLine(hash: Hash, bytes: Buffer): void {
  hash.update(bytes);
  hash.update('\n');
}

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
  const { format, version, migration, madeAt } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (format !== 'rooms-desk backup' || typeof migration !== 'string' || typeof madeAt !== 'string') {
    throw new BackupError(`${path} is not a backup of Rooms Desk.`);
  }
  if (version !== 1)
    throw new BackupError(`${path} was made by a newer version of Rooms Desk: use that one.`);
  return { format, version, migration, madeAt };
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
async function* linesIn(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let held = 0;
  const bytes = createGunzip();
  // What breaks it breaks the walk below too, which is where it is told.
  pipeline(createReadStream(path), bytes).catch(() => undefined);
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
