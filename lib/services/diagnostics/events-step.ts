import { monthOf } from '#lib/domain/budget/budget.ts';
import { type DoctorFact, fact } from '#lib/domain/diagnostics/doctor.ts';
import { AppError } from '#lib/domain/errors.ts';
import { iso } from '#lib/domain/iso.ts';
import { STREAM_LEASE } from '#lib/services/jobs/stream-job.ts';
import { partsOf } from './app-steps.ts';
import type { DiagnosticContext } from './diagnostic-context.ts';
import { asProof, type Found, type Step, type Walk } from './run-steps.ts';

/** Whether events can come in by the configured door, and whether any came. Costs no metered call. */
export const EVENTS: Step = {
  name: 'events',
  needs: ['configuration'],
  // What failed at the app's own token would fail here in the same words.
  lacks: ({ context, blamed }) =>
    context.settings?.transport === 'stream' ? (blamed('credentials') ?? blamed('ip-list')) : undefined,
  async run(walk) {
    const { settings } = partsOf(walk);
    if (settings.transport === 'off') return { state: 'ok', facts: [fact('events-off')] };
    const transport = settings.transport === 'stream' ? await checkStream(walk) : callback(settings.appUrl);
    if (transport.state === 'failed') return transport;
    const { facts, isHeard, isSpent } = await whatCame(walk.context, settings.monthlyEvents);
    const all = [...transport.facts, ...facts];
    if (isSpent) return { state: 'failed', trouble: 'pushes-spent', facts: all, isInTheWay: false };
    return {
      state: isHeard ? transport.state : 'unknown',
      facts: isHeard ? all : [...all, fact('ticks-untold')],
    };
  },
};

const callback = (appUrl: string): Found => ({
  state: 'ok',
  facts: [fact('callback-set', { address: `${appUrl}/api/dingtalk/events` })],
});

// A second connection would take a share of the events, so one is registered and never opened.
async function checkStream(walk: Walk): Promise<Found> {
  const { context } = walk;
  const { stream, store, instanceId } = context;
  const holder = store ? await store.leaseHolder(STREAM_LEASE) : null;
  const facts = heldFacts(context, holder);
  if (stream && stream.state === 'waiting' && holder === instanceId) {
    return { state: 'failed', trouble: 'stream-not-open', facts, isInTheWay: false };
  }
  const { checkup } = partsOf(walk);
  const before = checkup.outcomes().length;
  try {
    const host = await checkup.registerStream();
    return { state: 'ok', facts: [...facts, fact('stream-registered', { host })] };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    // The app was accepted before, so what is refused here is the stream.
    const proof = checkup.outcomes().slice(before).map(asProof);
    return { state: 'failed', trouble: 'stream-not-open', facts, proof };
  }
}

function heldFacts({ stream, instanceId, store }: DiagnosticContext, holder: string | null): DoctorFact[] {
  if (store === null) return [];
  if (holder === null) return [fact('stream-not-held')];
  if (holder !== instanceId || stream === null) return [fact('stream-elsewhere')];
  const { state, since, problem } = stream;
  return [
    state === 'open'
      ? fact('stream-open', { since: iso(since) })
      : fact('stream-trouble', { state, since: iso(since), problem: problem ?? '' }),
  ];
}

async function whatCame({ store, clock }: DiagnosticContext, limit: number) {
  if (store === null) return { facts: [], isHeard: false, isSpent: false };
  const [{ items }, { total }] = await Promise.all([
    store.events({ deviceId: null, type: null }, null, 1),
    store.pushes(monthOf(clock.now())),
  ]);
  const [last] = items;
  const facts = [
    fact('pushes', { pushed: total, limit }),
    last ? fact('event-last', { at: iso(last.receivedAt) }) : fact('event-none'),
  ];
  return { facts, isHeard: last !== undefined, isSpent: total >= limit };
}
