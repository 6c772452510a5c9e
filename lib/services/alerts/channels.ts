import { randomBytes, randomUUID } from 'node:crypto';
import type { MadeChannel, TestAnswer } from '#lib/api/alerts/alert-answers.ts';
import type { ChannelAsked } from '#lib/api/alerts/alert-requests.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import {
  type Channel,
  type ChannelTarget,
  type Delivery,
  LIMITS,
  type Notification,
} from '#lib/domain/alerts/alert.ts';
import { AppError } from '#lib/domain/errors.ts';
import { audited } from '#lib/services/audit/audit.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { sendTo } from './alert-context.ts';
import { UNSENT } from './delivery-request.ts';
import type { Outcome } from './outcome.ts';
import { isAllowedUrl } from './public-address.ts';
import { robotPaceNow } from './send-sparingly.ts';
import { isWebhookSecret } from './webhook.ts';

type Needs = Pick<ServiceContext, 'store' | 'clock' | 'alerts' | 'audit' | 'events'>;

/** Creates a channel. A secret that is generated for it is only in the answer. Throws not-permitted, invalid-question. */
export async function addChannel(context: Needs, caller: Caller, asked: ChannelAsked): Promise<MadeChannel> {
  assertCan(caller.operator.role, 'manage-alerts');
  if ((await context.store.channels()).length >= LIMITS.channels)
    throw new AppError('invalid-question.too-many');
  const { target, made } = targetOf(context, asked, null);
  const id = randomUUID();
  await keep(context, caller, 'channel-added', { id, asked, target, createdAt: context.clock.now() });
  return { channelId: id, secret: made };
}

/** Changes a channel; an address or secret that is left out stays. Throws not-permitted, invalid-question. */
export async function changeChannel(
  context: Needs,
  caller: Caller,
  { id, asked }: { id: string; asked: ChannelAsked },
): Promise<MadeChannel> {
  assertCan(caller.operator.role, 'manage-alerts');
  const kept = await context.store.channelById(id);
  if (!kept || kept.channel.kind !== asked.kind) throw new AppError('invalid-question.not-there');
  const { target, made } = targetOf(context, asked, context.alerts.seal.open(id, kept.sealed));
  const { createdAt } = kept.channel;
  await keep(context, caller, 'channel-changed', { id, asked, target, createdAt });
  return { channelId: id, secret: made };
}

/** Removes a channel; waiting notifications to it are not sent. Throws not-permitted. */
export async function removeChannel(
  { store, audit }: Needs,
  { operator, source }: Caller,
  id: string,
): Promise<void> {
  assertCan(operator.role, 'manage-alerts');
  const kept = await store.channelById(id);
  if (!kept) return;
  const auditEntry = { by: operator, source, action: 'channel-removed', about: kept.channel.name } as const;
  await audited({ audit }, { ...auditEntry, target: { kind: 'channel', id } }, () => store.dropChannel(id));
}

/** Sends a test notification now and returns the receiver's answer. Throws not-permitted, invalid-question. */
export async function testChannel(
  context: Needs,
  { operator, source }: Caller,
  channelId: string,
): Promise<TestAnswer> {
  assertCan(operator.role, 'manage-alerts');
  const { store, clock, alerts, audit } = context;
  const kept = await store.channelById(channelId);
  if (!kept) throw new AppError('invalid-question.not-there');
  const { channel } = kept;
  const at = clock.now();
  const notification: Notification = {
    id: randomUUID(),
    kind: 'test',
    incidentId: randomUUID(),
    rule: '',
    code: 'offline',
    at,
    since: at,
    total: 0,
    added: 0,
    devices: [],
    codes: [],
    deviceKeys: [],
  };
  const auditEntry = { by: operator, source, action: 'channel-tested', about: channel.name } as const;
  return audited({ audit }, { ...auditEntry, target: { kind: 'channel', id: channelId } }, async () => {
    const id = randomUUID();
    const target = alerts.seal.open(channelId, kept.sealed);
    const text = alerts.t(notification, channel.locale, channel.zone);
    const isSpent = channel.kind === 'robot' && (await robotPaceNow(context)).mode === 'spent';
    const outcome: Outcome = isSpent
      ? { ok: false, answer: UNSENT.spent, again: false, fault: 'pushes-spent' }
      : target
        ? await sendTo(alerts, target, { id, notification, text })
        : { ok: false, answer: UNSENT.sealed, again: false };
    const { ok, answer, fault = null } = outcome;
    const now = clock.now();
    const delivery: Delivery = {
      id,
      channelId,
      channel: channel.name,
      notification,
      state: ok ? 'sent' : 'failed',
      attempts: 1,
      createdAt: at,
      nextAt: null,
      lastAt: now,
      answer,
      fault,
      digest: null,
    };
    await store.addDelivery(delivery, (outcome.pushes ?? 0) > 0 ? now : null);
    return { ok, answer };
  });
}

type SavedChannel = { id: string; asked: ChannelAsked; target: ChannelTarget; createdAt: number };

async function keep(
  { store, alerts, audit }: Needs,
  { operator, source }: Caller,
  action: 'channel-added' | 'channel-changed',
  { id, asked, target, createdAt }: SavedChannel,
): Promise<void> {
  const { kind, name, locale, zone } = asked;
  const channel: Channel = { id, kind, name, locale, zone, shown: shownOf(target), createdAt };
  const auditEntry = { by: operator, source, action, about: `${name}: ${channel.shown}` };
  await audited({ audit }, { ...auditEntry, target: { kind: 'channel', id } }, () =>
    store.putChannel(channel, alerts.seal.seal(id, target)),
  );
}

/** The part of a target that may be shown, because addresses contain tokens. */
function shownOf(target: ChannelTarget): string {
  if (target.kind === 'mail') return target.to.join(', ');
  const url = new URL(target.url);
  if (target.kind === 'webhook') return url.origin;
  return `${url.host} …${url.searchParams.get('access_token')?.slice(-4) ?? ''}`;
}

/** The checked target of a channel, and the secret that was generated for it, if any. */
function targetOf(
  { alerts }: Needs,
  { kind, url, secret, to }: ChannelAsked,
  before: ChannelTarget | null,
): { target: ChannelTarget; made: string | null } {
  if (kind === 'mail') {
    if (!alerts.senders.mail) throw new AppError('invalid-question.no-mail');
    const known = before?.kind === 'mail' ? before.to : [];
    const recipients = to ?? known;
    if (recipients.length === 0) throw new AppError('invalid-question.channel-address');
    return { target: { kind, to: recipients }, made: null };
  }
  const known = before?.kind === kind ? before : null;
  const address = url ?? known?.url ?? '';
  if (kind === 'robot') {
    if (!alerts.robot.isAddress(address)) throw new AppError('invalid-question.channel-address');
    const own = secret === undefined ? (known?.secret ?? null) : secret;
    return { target: { kind, url: address, secret: own || null }, made: null };
  }
  const parsed = URL.parse(address);
  if (!parsed || !isAllowedUrl(parsed, alerts.reach)) throw new AppError('invalid-question.channel-address');
  const made = secret || known?.secret ? null : `whsec_${randomBytes(32).toString('base64')}`;
  const own = secret || known?.secret || made || '';
  if (!isWebhookSecret(own)) throw new AppError('invalid-question.channel-secret');
  return { target: { kind, url: parsed.href, secret: own }, made };
}
