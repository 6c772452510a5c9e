import type { Clock } from '../clock.ts';
import { freshId, type SimEvent } from '../events/event.ts';
import { type About, EVENT_FORMS } from '../events/event-forms.ts';
import type { Events } from '../events/events.ts';
import type { LedgerLine, Transport } from '../events/ledger.ts';
import { CORP_ID } from '../people/people.ts';
import type { World } from '../world/world.ts';
import type { WorldEffects } from '../world-effects.ts';

/** The requested event; other members belong to its type. */
export type EventOrder = {
  type?: unknown;
  deviceId?: unknown;
  deviceUnionId?: unknown;
  eventId?: unknown;
  eventType?: unknown;
  at?: unknown;
  transport?: unknown;
  /** Merged over the business fields; null removes one. */
  business?: unknown;
  /** Leaves the simulated world unchanged. */
  withoutEffects?: unknown;
} & Record<string, unknown>;

export type SendResult = { line: LedgerLine } | { refusal: string };
type Scene = { clock: Clock; world: World; events: Events; effects: WorldEffects };

const TRANSPORTS: Record<string, Transport[]> = {
  callback: ['callback'],
  stream: ['stream'],
  both: ['callback', 'stream'],
};

/** Creates an event, changes the simulated world accordingly, and sends it. */
export function sendEvent(order: EventOrder, { clock, world, events, effects }: Scene): SendResult {
  const form = formOf(order.type);
  if (!form) return { refusal: `type must be one of ${Object.keys(EVENT_FORMS).join(', ')}` };
  const deviceId = order.deviceId === undefined ? undefined : String(order.deviceId);
  if (form.device && deviceId === undefined) return { refusal: 'deviceId is missing' };
  const at = order.at === undefined ? clock.now() : new Date(order.at as number | string).getTime();
  if (Number.isNaN(at)) return { refusal: 'at must be milliseconds or an ISO time' };
  if (order.transport !== undefined && !Object.hasOwn(TRANSPORTS, String(order.transport))) {
    return { refusal: `transport must be one of ${Object.keys(TRANSPORTS).join(', ')}` };
  }
  const about = aboutOf(order, deviceId, world);
  const built = form.build({ fields: withRoom(order, world), about, at, corpId: CORP_ID });
  const event: SimEvent = {
    eventId: order.eventId === undefined ? freshId() : String(order.eventId),
    eventType: String(order.eventType ?? form.eventType),
    bizId: freshId(),
    corpId: CORP_ID,
    bornAt: at,
    body: merged(built, order.business),
  };
  if (order.withoutEffects !== true) {
    effects.apply(event.eventType, { body: event.body, deviceId: deviceId ?? '' });
  }
  return { line: events.emit(event, TRANSPORTS[String(order.transport)]) };
}

/** By the short name or by DingTalk's own name. */
const formOf = (type: unknown) =>
  typeof type === 'string' && Object.hasOwn(EVENT_FORMS, type)
    ? EVENT_FORMS[type]
    : Object.values(EVENT_FORMS).find(({ eventType }) => eventType === type);

function aboutOf({ deviceUnionId }: EventOrder, deviceId: string | undefined, world: World): About {
  const device = deviceId === undefined ? undefined : world.byDeviceId(deviceId);
  return {
    ...(deviceId === undefined ? {} : { deviceId }),
    deviceUnionId: deviceUnionId ?? device?.deviceUnionId,
    openRoomId: device?.openRoomId,
  };
}

/** A known room provides its name and capacity. */
function withRoom(order: EventOrder, world: World): Record<string, unknown> {
  const room = order.roomId === undefined ? undefined : world.roomById(String(order.roomId));
  return room ? { roomName: room.roomName, capacity: `${room.roomCapacity}人`, ...order } : order;
}

function merged(body: Record<string, unknown>, business: unknown): Record<string, unknown> {
  if (typeof business !== 'object' || business === null) return body;
  const all = Object.entries({ ...body, ...business });
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}
