import type { EventOrder } from './apis/send-event.ts';
import { type DayDevice, type Moment, planDay } from './day-plan.ts';
import { Timers } from './events/timers.ts';
import { MODELS } from './world/hardware.ts';
import { Random } from './world/random.ts';
import type { World } from './world/world.ts';

export type DayWish = { speed: number; devices: number; minutes: number; seed: number; again: boolean };

export const DAY_STANDARD = { devices: 200, minutes: 600, seed: 7, again: false } as const;

const DAYS = 31;
const MINUTE = 60_000;

/** One working day after another, or one alone, at any speed. */
export class Day {
  readonly #world: World;
  readonly #send: (order: EventOrder) => void;
  readonly #timers = new Timers();
  #wish: DayWish | undefined;
  #plan: Moment[] = [];
  #startedAt = 0;
  #endedAt: number | undefined = 0;
  #sent = 0;

  constructor(world: World, send: (order: EventOrder) => void) {
    this.#world = world;
    this.#send = send;
  }

  /** Ends a running day. */
  start(wish: DayWish): void {
    this.reset();
    this.#wish = wish;
    this.#begin(wish, 0);
  }

  stop(): void {
    this.#timers.clear();
    this.#endedAt ??= Date.now();
  }

  reset(): void {
    this.stop();
    this.#wish = undefined;
    this.#plan = [];
    this.#sent = 0;
  }

  state(): Record<string, unknown> | null {
    if (!this.#wish) return null;
    const minute = (((this.#endedAt ?? Date.now()) - this.#startedAt) * this.#wish.speed) / MINUTE;
    return {
      ...this.#wish,
      running: this.#endedAt === undefined,
      minute: Math.round(Math.min(minute, this.#wish.minutes) * 10) / 10,
      sent: this.#sent,
      planned: this.#plan.length,
    };
  }

  #begin(wish: DayWish, day: number): void {
    const random = new Random(wish.seed, DAYS, day);
    const roomIds = Array.from({ length: Math.min(this.#world.rooms, 500) }, (_, room) =>
      String(this.#world.roomItem(room).roomId),
    );
    this.#plan = planDay({ devices: this.#devices(wish.devices), roomIds, minutes: wish.minutes, random });
    this.#startedAt = Date.now();
    this.#sent = 0;
    this.#endedAt = undefined;
    this.#next(wish, day);
  }

  /** One timer at a time, measured from the start of the day, so that delays do not add up. */
  #next(wish: DayWish, day: number): void {
    const moment = this.#plan[this.#sent];
    const minute = moment?.minute ?? wish.minutes;
    const wait = this.#startedAt + (minute * MINUTE) / wish.speed - Date.now();
    this.#timers.after(Math.max(0, wait), () => {
      if (moment) {
        this.#sent += 1;
        this.#send(moment.order);
        this.#next(wish, day);
      } else if (wish.again) this.#begin(wish, day + 1);
      else this.stop();
    });
  }

  /** Only devices that are online and in a room take part, so that scenarios stay unchanged. */
  #devices(most: number): DayDevice[] {
    const up = new Set<unknown>(['idle', 'conf_running', 'projection', 'conf_incoming', 'white_board']);
    return this.#world.deviceIds(most).flatMap((deviceId) => {
      const device = this.#world.byDeviceId(deviceId);
      if (!device?.openRoomId || !up.has(device.deviceStatus)) return [];
      const model = MODELS.find(([{ model }]) => model === device.deviceModel)?.[0];
      const newest = model?.firmware.at(-1)?.[0] ?? `${String(device.firmwareVersion)}.1`;
      return [{ deviceId, roomId: String(device.openRoomId), firmware: newest }];
    });
  }
}
