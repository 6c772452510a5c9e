import type { Operator } from '#lib/domain/access/operator.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { knownTo, nameOf } from './device-access.ts';
import { freshReading } from './freshness.ts';
import { recordAbsence, recordReading, recordRefusal } from './record.ts';
import { shareAmongInstances } from './share-among-instances.ts';

/** The reasons that speak of the operator rather than of the app or of the moment. */
const REFUSES_THE_OPERATOR: ReadonlySet<ErrorReason> = new Set([
  'dingtalk-refused.operator',
  'dingtalk-refused.operator-left',
]);

type Terms = {
  /** An answer from before this moment will not do, milliseconds since the epoch. */
  notBefore: number;
  /** Whether DingTalk answers this operator about this device, so that another's question under way is as good. */
  granted: boolean;
  /** Awaited before the question goes to DingTalk for this caller and not for somebody who asked before; may refuse it. */
  onAsk?: () => Promise<void>;
};

/**
 * Asks DingTalk in the operator's name and records the answer; a question under way that may be shared is joined.
 * `shared` is true when this caller did not cause the call.
 */
export async function askLive(
  context: ServiceContext,
  operator: Operator,
  ref: DeviceRef,
  { notBefore, granted, onAsk }: Terms,
): Promise<{ reading: Reading; shared: boolean }> {
  const name = nameOf(context, operator);
  if (name === null) throw new AppError('dingtalk-refused.operator-missing');
  const common = `${ref.by} ${ref.id}`;
  const own = `${name} ${common}`;
  const askAs = (key: string) => askOnce(context, operator, ref, { name, key, notBefore, onAsk });
  const asked = await askAs(granted ? common : own);
  // That whoever was joined is refused, or had asked too much, says nothing about this one.
  const again = asked.joined && (isTooMany(asked.error) || (granted && refusesOperator(asked.error)));
  return (again ? await askAs(own) : asked).orThrow();
}

async function askOnce(
  context: ServiceContext,
  operator: Operator,
  ref: DeviceRef,
  { name, key, notBefore, onAsk }: Pick<Terms, 'notBefore' | 'onAsk'> & { name: string; key: string },
) {
  let landed = false;
  const { result, joined } = context.underWay.share(key, () =>
    shareAmongInstances(context, key, async (mayAsk) => {
      // An answer may have landed between the look into the store and this moment.
      const known = await knownTo(context, operator, ref);
      const fresh = freshReading(known, { notBefore, name, now: context.clock.now() });
      landed = fresh !== null;
      if (fresh || !mayAsk) return fresh;
      await onAsk?.();
      return ask(context, operator, ref, name);
    }),
  );
  const error: unknown = await result.then(
    () => null,
    (thrown) => thrown,
  );
  return { joined, error, orThrow: async () => ({ reading: await result, shared: joined || landed }) };
}

async function ask(
  context: ServiceContext,
  { subject }: Operator,
  ref: DeviceRef,
  name: string,
): Promise<Reading> {
  try {
    const asker = { subject, unknownId: (await context.store.keyOf(ref)) === null };
    const options = { budgetMs: context.budgetMs, purpose: 'look-up', asker } as const;
    const { device, raw } = await context.dingtalk.queryDevice(ref, name, options);
    const observedAt = context.clock.now();
    const reading: Reading = { device, observedAt, source: 'look-up', operatorUnionId: name, raw };
    if (name === context.operatorUnionId) await resumeJobs(context);
    await recordReading(context, ref, reading).catch((thrown: unknown) => {
      // The call was spent and its answer is in hand; a disk that is full must not take it from whoever asked.
      if (!isStoreError(thrown)) throw thrown;
      context.warn('reading not kept', { deviceId: device.deviceId, error: String(thrown) });
    });
    return reading;
  } catch (error) {
    if (refusesOperator(error)) await recordRefusal(context, ref, name);
    if (isAbsent(error)) await recordAbsence(context, ref, name);
    throw error;
  }
}

/** DingTalk answers the configured operator, so jobs that it refused may go on. */
async function resumeJobs({ store, clock, warn }: ServiceContext): Promise<void> {
  await store.resumeJobs(clock.now()).catch((error) => warn('jobs not resumed', { error: String(error) }));
}

const isTooMany = (error: unknown) => error instanceof AppError && error.code === 'too-many-questions';

const isAbsent = (error: unknown) => error instanceof AppError && error.code === 'device-not-found';

const isStoreError = (thrown: unknown) =>
  thrown instanceof AppError && /^internal\.store-/.test(thrown.reason);

function refusesOperator(error: unknown): error is AppError {
  return error instanceof AppError && REFUSES_THE_OPERATOR.has(error.reason);
}
