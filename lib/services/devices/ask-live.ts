import type { Caller } from '#lib/domain/access/access.ts';
import type { AuditOutcome } from '#lib/domain/audit/audit.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { AppError, asAppError, type ErrorReason } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { askingUnionId } from './device-access.ts';
import { arrivedReading } from './freshness.ts';
import { recordAbsence, recordReading, recordRefusal } from './record.ts';
import { shareAmongInstances } from './share-among-instances.ts';

/** The reasons that speak of the operator rather than of the app or of the moment. */
const REFUSES_THE_OPERATOR: ReadonlySet<ErrorReason> = new Set([
  'dingtalk-refused.operator',
  'dingtalk-refused.operator-left',
]);

/** Errors with which no call was made: nothing was sent, or DingTalk was not reached. */
const WITHOUT_CALL: ReadonlySet<ErrorReason> = new Set([
  'internal.store-full',
  'internal.store-lost',
  'dingtalk-budget-spent.own-limit',
  'dingtalk-budget-spent.reserve',
  'dingtalk-throttled.own-rate',
  'too-many-questions.daily-share',
  'too-many-questions.unknown-ids',
  'dingtalk-unreachable.no-connection',
  'dingtalk-unreachable.proxy',
]);

type Terms = {
  /** A reading from before this moment will not do, milliseconds since the epoch. */
  notBefore: number;
  /** Whether DingTalk answers this operator about this device, so that another person's query under way may be joined. */
  granted: boolean;
};

/**
 * Queries DingTalk in the operator's name and records the answer, or joins an equal query under way whose answer may be
 * shown. A query of its own counts towards the caller's limit before it is sent and is in the audit log if a call was made.
 * `shared` is true when this caller did not cause the call. Throws AppError: too-many-questions, device-not-found,
 * dingtalk-*, internal.
 */
export async function askLive(
  context: ServiceContext,
  caller: Caller,
  ref: DeviceRef,
  { notBefore, granted }: Terms,
): Promise<{ reading: Reading; shared: boolean }> {
  const unionId = askingUnionId(context, caller.operator);
  if (unionId === null) throw new AppError('dingtalk-refused.operator-missing');
  const common = `${ref.by} ${ref.id}`;
  const own = `${unionId} ${common}`;
  const askAs = (key: string) => askOnce(context, caller, ref, { unionId, key, notBefore });
  const asked = await askAs(granted ? common : own);
  // Another person's refusal or limit, met by joining their query, says nothing about this caller.
  const again = asked.joined && (isTooMany(asked.error) || (granted && refusesOperator(asked.error)));
  return (again ? await askAs(own) : asked).orThrow();
}

async function askOnce(
  context: ServiceContext,
  caller: Caller,
  ref: DeviceRef,
  { unionId, key, notBefore }: { unionId: string; key: string; notBefore: number },
) {
  let arrived: Reading | null = null;
  const { result, joined } = context.underWay.share(key, () =>
    shareAmongInstances(context, key, async (mayAsk) => {
      arrived = await arrivedReading(context, caller.operator, ref, notBefore);
      return arrived || !mayAsk ? arrived : ask(context, caller, ref, unionId);
    }),
  );
  const error: unknown = await result.then(
    () => null,
    (thrown) => thrown,
  );
  const orThrow = async () => ({ reading: await result, shared: joined || arrived !== null });
  return { joined, error, orThrow };
}

/** Makes the call within the caller's limit; the audit log says so if a call was made, whatever came of it. */
async function ask(
  context: ServiceContext,
  caller: Caller,
  ref: DeviceRef,
  unionId: string,
): Promise<Reading> {
  await context.limits.question(caller);
  const target = { kind: 'device', id: ref.id } as const;
  const auditEntry = { by: caller.operator, source: caller.source, action: 'looked-up', target } as const;
  const note = (outcome: AuditOutcome, about: string | null) =>
    context.audit.note({ ...auditEntry, outcome, about });
  try {
    const reading = await call(context, caller.operator.subject, ref, unionId);
    note('done', null);
    return reading;
  } catch (error) {
    const { reason } = asAppError(error);
    if (!WITHOUT_CALL.has(reason)) note('failed', reason);
    throw error;
  }
}

async function call(
  context: ServiceContext,
  subject: string,
  ref: DeviceRef,
  unionId: string,
): Promise<Reading> {
  try {
    const asker = { subject, unknownId: (await context.store.keyOf(ref)) === null };
    const options = { budgetMs: context.budgetMs, purpose: 'look-up', asker } as const;
    const { device, raw } = await context.dingtalk.queryDevice(ref, unionId, options);
    const observedAt = context.clock.now();
    const reading: Reading = { device, observedAt, source: 'look-up', operatorUnionId: unionId, raw };
    if (unionId === context.operatorUnionId) await resumeJobs(context);
    await recordReading(context, ref, reading).catch((thrown: unknown) => {
      // The call was made and has its answer; a full disk must not withhold it from the caller.
      if (!isStoreError(thrown)) throw thrown;
      context.warn('reading not kept', { deviceId: device.deviceId, error: String(thrown) });
    });
    return reading;
  } catch (error) {
    if (refusesOperator(error)) await recordRefusal(context, ref, unionId);
    if (isAbsent(error)) await recordAbsence(context, ref, unionId);
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
