import { iso } from '#lib/domain/iso.ts';
import type { SealedEntry } from './audit.ts';

/** Where every entry of the audit log is sent as well (AUDIT_EXPORT). */
export type ExportTarget =
  | { kind: 'file'; path: string }
  | { kind: 'syslog'; host: string; port: number }
  | { kind: 'webhook'; url: string };

/** Reads `file:<path>`, `syslog://host:port` or `https://…`; null for anything else. */
export function readExportTarget(text: string): ExportTarget | null {
  if (text.startsWith('file:')) {
    const path = text.slice('file:'.length);
    return path === '' || path.includes('\0') ? null : { kind: 'file', path };
  }
  const url = URL.parse(text);
  if (!url || url.hostname === '' || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'https:') return { kind: 'webhook', url: text };
  const isBare = url.pathname === '' && url.search === '' && url.hash === '';
  if (url.protocol !== 'syslog:' || !isBare || url.port === '') return null;
  return { kind: 'syslog', host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) };
}

/** An entry as it is sent elsewhere: with hash and seal, so that a copy of the log can be checked like the log. */
export const exportedEntry = ({ at, ...entry }: SealedEntry): object => ({ ...entry, at: iso(at) });
