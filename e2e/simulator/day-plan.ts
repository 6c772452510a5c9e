import type { EventOrder } from './apis/send-event.ts';
import type { Random } from './world/random.ts';

export type DayDevice = { deviceId: string; roomId: string; firmware: string };
export type Moment = { minute: number; order: EventOrder };
type DayShape = { devices: DayDevice[]; roomIds: string[]; minutes: number; random: Random };

const SLOT = 30;
const FIRST_HOUR = 8.5;
const LENGTHS = [
  [25, 35],
  [50, 45],
  [80, 20],
] as const;
const USES = [
  ['conf_running', 80],
  ['projection', 14],
  ['white_board', 6],
] as const;
const RULES = ['microphone', 'camera', 'display', 'speaker'] as const;

/** The probability that a free room is taken at the next half hour. */
function demand(minute: number): number {
  const hour = FIRST_HOUR + minute / 60;
  if (hour < 9 || hour >= 18) return 0.06;
  if (hour >= 12 && hour < 13.5) return 0.08;
  return 0.33;
}

/** All events of a working day that starts at 8:30, in order. */
export function planDay({ devices, roomIds, minutes, random }: DayShape): Moment[] {
  const some = (share: number, least: number) =>
    shuffled(devices, random).slice(0, Math.max(least, Math.round(devices.length * share)));
  const down = new Set(some(0.08, 1));
  const moments: Moment[] = devices.flatMap((device) => {
    const used = meetings(device.deviceId, minutes, random);
    return down.has(device) ? withOutage(used, device.deviceId, minutes, random) : used;
  });
  for (const { deviceId } of some(0.03, 1)) {
    moments.push(...outage(deviceId, random.pick(RULES), minutes, random));
  }
  for (const { deviceId, firmware } of some(0.02, 1)) {
    const properties = { dev_firmware_v: firmware };
    moments.push({ minute: within(minutes, random), order: { type: 'property', deviceId, properties } });
  }
  for (const device of some(0, 1)) moments.push(...rebinding(device, roomIds, minutes, random));
  return moments.filter(({ minute }) => minute <= minutes).sort((one, other) => one.minute - other.minute);
}

function meetings(deviceId: string, minutes: number, random: Random): Moment[] {
  const moments: Moment[] = [];
  const says = (minute: number, dev_app_status: string) =>
    moments.push({ minute, order: { type: 'property', deviceId, properties: { dev_app_status } } });
  let free = 0;
  for (let slot = 0; slot < minutes; slot += SLOT) {
    if (slot < free || !random.chance(demand(slot))) continue;
    const start = slot + 1 + random.below(40) / 10;
    const end = start + random.weighted(LENGTHS) + random.below(60) / 10;
    const use = random.weighted(USES);
    if (use === 'conf_running' && random.chance(0.3)) says(start - 0.5, 'conf_incoming');
    says(start, use);
    says(Math.min(end, minutes), 'idle');
    free = end;
  }
  return moments;
}

/** An offline device sends no events; its missed events are sent when it is back. */
function withOutage(used: Moment[], deviceId: string, minutes: number, random: Random): Moment[] {
  const [lost, found] = outage(deviceId, 'offline', minutes, random);
  const missed = used.filter(({ minute }) => minute >= lost.minute && minute <= found.minute);
  const last = missed.at(-1);
  const said = last ? [{ minute: found.minute + 0.1, order: last.order }] : [];
  return [...used.filter((moment) => !missed.includes(moment)), lost, found, ...said];
}

/** A part is lost and returns before the end of the day. */
function outage(deviceId: string, rule: string, minutes: number, random: Random): [Moment, Moment] {
  const start = within(minutes * 0.8, random);
  const end = start + Math.min(4 + random.below(40), minutes * 0.19);
  const alarm = (minute: number, status: string) => ({
    minute,
    order: { type: 'alarm', deviceId, rule, status },
  });
  return [alarm(start, 'open'), alarm(end, 'resolved')];
}

function rebinding(
  { deviceId, roomId }: DayDevice,
  rooms: string[],
  minutes: number,
  random: Random,
): Moment[] {
  const others = rooms.filter((one) => one !== roomId);
  if (others.length === 0) return [];
  const start = within(minutes * 0.8, random);
  return [
    { minute: start, order: { type: 'binding', deviceId, bound: false } },
    { minute: start + minutes * 0.01, order: { type: 'binding', deviceId, roomId: random.pick(others) } },
  ];
}

const within = (minutes: number, random: Random): number => (random.below(1_000) / 1_000) * minutes;

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list];
  return list.flatMap(() => left.splice(random.below(left.length), 1));
}
