import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import type { SealedEntry } from '#lib/domain/audit/audit.ts';
import { exportedEntry } from '#lib/domain/audit/audit-export.ts';
import { iso } from '#lib/domain/iso.ts';

/**
 * Sends entries in their order. Resolves when the other side has them, as far as the way there can tell; rejects with why
 * not, then all of them are sent again.
 */
export type SendEntries = (entries: readonly SealedEntry[]) => Promise<void>;

/** JSON lines at the end of a file, on the disk when it resolves. What could not be written whole is taken off again. */
export function createFileSender(path: string): SendEntries {
  return async (entries) => {
    const file = await open(path, 'a', 0o600);
    try {
      const { size } = await file.stat();
      try {
        await file.appendFile(entries.map((entry) => `${JSON.stringify(exportedEntry(entry))}\n`).join(''));
        await file.sync();
      } catch (error) {
        await file.truncate(size);
        throw error;
      }
    } finally {
      await file.close();
    }
  };
}

/** Facility 13, log audit (RFC 5424, 6.2.1). */
const FACILITY = 13;
const [WARNING, NOTICE] = [4, 5];

/** One entry as RFC 5424 has it; the message is its JSON in ASCII, which needs no mark of its encoding. */
export function syslogMessage(entry: SealedEntry, host: string): string {
  const priority = FACILITY * 8 + (entry.outcome === 'done' ? NOTICE : WARNING);
  const json = JSON.stringify(exportedEntry(entry)).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<${priority}>1 ${iso(entry.at)} ${host} rooms-desk - ${entry.action.slice(0, 32)} - ${json}`;
}

const MOST_WAIT_MS = 10_000;

type SyslogOptions = { host: string; port: number; timeoutMs?: number };

/**
 * Syslog over TCP, each message after its number of bytes (RFC 6587, 3.4.1). Syslog acknowledges nothing: a connection
 * is made for each batch and ended, and that the other side ends it too tells that it has read all of it.
 */
export function createSyslogSender({ host, port, timeoutMs = MOST_WAIT_MS }: SyslogOptions): SendEntries {
  const from =
    hostname()
      .replace(/[^\x21-\x7e]/g, '')
      .slice(0, 255) || '-';
  return (entries) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port });
      const late = AbortSignal.timeout(timeoutMs);
      const fail = (error: unknown) => {
        socket.destroy();
        reject(error);
      };
      late.addEventListener('abort', () => fail(late.reason), { once: true });
      socket.once('error', fail);
      socket.once('close', (hadError) => {
        if (!hadError) resolve();
      });
      // What it says is not asked for; unread, its end would never be seen.
      socket.resume();
      const messages = entries.map((entry) => syslogMessage(entry, from));
      socket.end(messages.map((text) => `${Buffer.byteLength(text)} ${text}`).join(''));
    });
}
