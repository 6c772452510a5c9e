import 'server-only';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';

/** An entry of the audit log that was seen: its number, its hash and when it was written, milliseconds since the epoch. */
export type SeenEntry = { seq: number; hash: string; at: number };

/** That the log no longer held an entry that was seen. `found`: the newest entry then; null when the log was empty. */
export type AuditGap = { at: number; expected: SeenEntry; found: Pick<SeenEntry, 'seq' | 'hash'> | null };

/** What is remembered of the log outside of the database. */
export type RememberedLog = { head: SeenEntry; gap: AuditGap | null };

export type AuditHeadFile = {
  /** Null when nothing was kept, or what was kept cannot be read. */
  read(): RememberedLog | null;
  /** Throws when the file cannot be written. */
  write(remembered: RememberedLog): void;
};

const seen = z.object({ seq: z.number().int().min(0), hash: z.string(), at: z.number() });
const shape = z.object({
  head: seen,
  gap: z.object({ at: z.number(), expected: seen, found: seen.omit({ at: true }).nullable() }).nullable(),
});

/**
 * A file in `DATA_DIR`, readable by its owner alone, for the newest entry of the audit log that this process has seen.
 * Whoever can write to the database alone cannot change it; on SQLite both stand in one folder, so that it helps against
 * changes of the database and not against the machine's own user. Its name holds a digest of the database's address, so
 * that another database is not taken for one that was cut.
 */
export function auditHeadFile({ databaseUrl, dataDir }: DatabasePlace): AuditHeadFile {
  const database = createHash('sha256').update(addressOf(databaseUrl)).digest('hex').slice(0, 12);
  const path = join(dataDir, `audit-head-${database}.json`);
  return {
    read() {
      try {
        return shape.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return null;
      }
    },
    write(remembered) {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      const part = `${path}.${process.pid}`;
      writeFileSync(part, JSON.stringify(remembered), { mode: 0o600, flush: true });
      renameSync(part, path);
    },
  };
}

/** Where the database is, without who signs in to it. */
function addressOf(databaseUrl: string | null): string {
  if (databaseUrl === null) return 'embedded';
  const { host, pathname } = new URL(databaseUrl);
  return host + pathname;
}
