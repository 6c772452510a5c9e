import { createHash } from 'node:crypto';
import { CHAIN_BEGINS, type SealedEntry } from '#lib/domain/audit/audit.ts';
import { troubleOnTheWay } from '#lib/services/alerts/deliver-http.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { startJob } from '#lib/services/jobs/start-job.ts';
import type { AuditSealer } from '#lib/store/audit/audit-chain.ts';
import type { ExportCursor } from '#lib/store/audit/audit-exports.ts';
import type { AuditExport } from './export-lag.ts';
import type { SendEntries } from './send-entries.ts';

/** The lease under which one instance sends, so that entries arrive in their order. */
const EXPORT_LEASE = 'audit export';

const ENTRIES_AT_ONCE = 100;
/** How soon after it was written an entry is sent, at most, while all is well. */
const CHECK_EVERY_MS = 2_000;
const LEASE_EVERY_MS = 5_000;
const [FIRST_WAIT_MS, MOST_WAIT_MS] = [1_000, 5 * 60_000];

/** How long entries may wait before that is an issue. */
export const BEHIND_AFTER_MS = 5 * 60_000;

type Parts = Pick<ServiceContext, 'store' | 'clock' | 'instanceId' | 'warn'> & {
  sealer: AuditSealer;
  send: SendEntries;
  /** As it is configured; kept as a digest. */
  address: string;
};

/**
 * Sends the log in order and at least once, a batch at a time, and remembers in the database how far it is: it goes on
 * from there after a restart or an outage, tries again ever less often (one second to five minutes), and never holds up
 * whoever writes an entry. Where the log no longer holds the entry that was sent last, it is sent from its beginning.
 */
export function startAuditExport(parts: Parts): AuditExport {
  const { clock, warn } = parts;
  const cursor = createCursor(parts);

  const rest = (ms: number, signal: AbortSignal) => clock.sleep(ms, signal).catch(() => undefined);
  const sendAll = async (signal: AbortSignal) => {
    let waitMs = FIRST_WAIT_MS;
    while (!signal.aborted) {
      try {
        const sent = await sendNext(parts, cursor);
        waitMs = FIRST_WAIT_MS;
        if (sent < ENTRIES_AT_ONCE) await rest(CHECK_EVERY_MS, signal);
      } catch (error) {
        const reason = reasonOf(error);
        warn('audit entries not sent', { reason });
        await cursor.failed(reason).catch(() => undefined);
        await rest(waitMs, signal);
        waitMs = Math.min(waitMs * 2, MOST_WAIT_MS);
      }
    }
  };
  const job = startJob(parts, {
    lease: EXPORT_LEASE,
    failure: 'audit export failed',
    everyMs: LEASE_EVERY_MS,
    run: async (signal) => void (await sendAll(signal)),
  });
  return {
    async lag() {
      const { seq, failure } = await cursor.read();
      const [[oldest], head] = await Promise.all([parts.store.auditChain(seq, 1), parts.store.auditHead()]);
      if (!oldest || !head || clock.now() - oldest.at < BEHIND_AFTER_MS) return null;
      return { waiting: head.seq - seq, since: oldest.at, failure };
    },
    stop: job.stop,
  };
}

/** Sends what comes next; answers how many entries that were. */
async function sendNext({ store, send }: Parts, cursor: Cursor): Promise<number> {
  const { seq } = await cursor.read();
  const entries = await store.auditChain(seq, ENTRIES_AT_ONCE);
  const last = entries.at(-1);
  if (!last) return 0;
  await send(entries);
  await cursor.sent(last);
  return entries.length;
}

type Cursor = ReturnType<typeof createCursor>;

/** The position of the target in the log. A stored position that was changed from outside is not used. */
function createCursor({ store, clock, sealer, address }: Parts) {
  const target = createHash('sha256').update(address).digest('hex').slice(0, 32);
  const textOf = (seq: number, hash: string) => `export ${target} ${seq} ${hash}`;
  const read = async () => {
    const kept = await store.exportCursor(target);
    const beginning = { seq: 0, hash: CHAIN_BEGINS, failure: kept?.failure ?? null };
    if (kept === null || !isSealed(sealer, textOf(kept.seq, kept.hash), kept.seal)) return beginning;
    if (kept.seq === 0) return kept;
    const [same] = await store.auditChain(kept.seq - 1, 1);
    return same?.seq === kept.seq && same.hash === kept.hash ? kept : beginning;
  };
  const keep = (seq: number, hash: string, failure: ExportCursor['failure']) => {
    const seal = `${sealer.keyId} ${sealer.sealOf(textOf(seq, hash))}`;
    return store.keepExportCursor(target, { seq, hash, seal, failure });
  };
  return {
    read,
    sent: ({ seq, hash }: SealedEntry) => keep(seq, hash, null),
    async failed(reason: string) {
      const { seq, hash, failure } = await read();
      await keep(seq, hash, { reason, since: failure?.since ?? clock.now() });
    },
  };
}

function isSealed({ sealBy }: AuditSealer, text: string, seal: string): boolean {
  const [keyId = '', mac] = seal.split(' ');
  return sealBy(keyId, text) === mac && mac !== undefined;
}

/** Why sending failed, in a word or two. Never an address or what the other side said. */
const reasonOf = (error: unknown) =>
  error instanceof Error && /^HTTP \d{3}$/.test(error.message) ? error.message : troubleOnTheWay(error);
