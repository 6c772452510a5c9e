import type { Role } from '#lib/domain/access/operator.ts';

/** What is written down. The list is closed and only grows: entries are never changed, so neither is a name in it. */
export const AUDIT_ACTIONS = [
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'session-ended',
  'looked-up',
  'revealed',
  'searched-by-secret',
  'exported',
  'export-ended',
  'discovery-started',
  'connection-checked',
  'token-created',
  'token-revoked',
  'role-changed',
  'person-locked',
  'person-unlocked',
  'chain-continued',
  'note-removed',
  'note-restored',
  'channel-added',
  'channel-changed',
  'channel-removed',
  'channel-tested',
  'rule-added',
  'rule-changed',
  'rule-removed',
  'muted',
  'unmuted',
  'sent-again',
  'log-gap-found',
  'log-gap-acknowledged',
  'token-refused',
  'event-refused',
  'backed-up',
  'restored',
  'person-forgotten',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_OUTCOMES = ['done', 'refused', 'failed'] as const;

/**
 * How it ended. `done` is also what an entry says that is written before the thing is done; what fails after it says so in
 * an entry of its own with the same request id.
 */
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

export const AUDIT_TARGETS = [
  'device',
  'fleet',
  'audit',
  'person',
  'session',
  'token',
  'inventory',
  'room',
  'channel',
  'rule',
  'silence',
  'delivery',
  'database',
] as const;

/** What something was done to; `id` is null where there is only one, such as the fleet. */
export type AuditTarget = { kind: (typeof AUDIT_TARGETS)[number]; id: string | null };

/** One line of the audit log, as it is kept. Texts are as people and programs gave them: never trusted, only shown. */
export type AuditEntry = {
  /** Milliseconds since the epoch, by the clock of the instance that wrote it. */
  at: number;
  action: AuditAction;
  outcome: AuditOutcome;
  /** Who, with name and role as they were at that moment; null throughout where nobody was signed in. */
  who: { subject: string | null; name: string | null; role: Role | null };
  target: AuditTarget | null;
  /** What of it, in the desk's own words: a field, filters, a number of rows, why it was refused. Never a secret. */
  about: string | null;
  /** Why, in the words of whoever did it. */
  reason: string | null;
  /** Where the question came from, an IP address; `unknown` where nobody told. */
  address: string;
  /** As the answer and the server's log name the request; null for what no request caused. */
  requestId: string | null;
};

/**
 * An entry with its place in the chain. `hash` is over the entry and the hash before it, `seal` is over `hash` with a key
 * that the database does not hold; `keyId` tells keys apart and nothing about them.
 */
export type SealedEntry = AuditEntry & { seq: number; hash: string; keyId: string; seal: string };

/** The newest entry, remembered beside the entries so that it is noticed when the last ones are gone. */
export type AuditHead = Pick<SealedEntry, 'seq' | 'hash' | 'keyId' | 'seal'>;

/** What `hash` of the entry before the first one is. */
export const CHAIN_BEGINS = '';

/** The longest texts that are kept; what is longer is cut. */
const LONGEST = 500;

/** An entry whose texts are as both engines keep them, so that what is hashed is what is read back. */
export function storableEntry(entry: AuditEntry): AuditEntry {
  const kept = <T extends string | null>(text: T) =>
    (text === null ? null : text.replaceAll('\0', '\ufffd').slice(0, LONGEST).toWellFormed()) as T;
  const { who, target } = entry;
  return {
    at: Math.round(entry.at),
    action: entry.action,
    outcome: entry.outcome,
    who: { subject: kept(who.subject), name: kept(who.name), role: who.role },
    target: target && { kind: target.kind, id: kept(target.id) },
    about: kept(entry.about),
    reason: kept(entry.reason),
    address: kept(entry.address),
    requestId: kept(entry.requestId),
  };
}

/** The one text that stands for an entry in its place: every value in a fixed order, none of which can run into the next. */
export function canonicalEntry(previousHash: string, seq: number, entry: AuditEntry): string {
  const { who, target } = entry;
  return JSON.stringify([
    1,
    previousHash,
    seq,
    entry.at,
    entry.action,
    entry.outcome,
    [who.subject, who.name, who.role],
    target && [target.kind, target.id],
    entry.about,
    entry.reason,
    entry.address,
    entry.requestId,
  ]);
}
