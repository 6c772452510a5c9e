import { deviceIdOf, refOf } from '../simulator/world/identities.ts';
import type { Simulator } from '../support/app-process.ts';

/** A value that DingTalk may have returned between two moments, in milliseconds since the epoch. */
type TimedValue = { value: string; from: number; until: number };

/** A device of the simulated world with the values that it could have had at any moment. */
export type ExpectedDevice = {
  deviceId: string;
  name: string;
  roomId: string;
  serial: string;
  status: TimedValue[];
  software: TimedValue[];
};

const SEED = 7;
const STATES: Record<string, string> = {
  idle: 'idle',
  conf_running: 'in-meeting',
  projection: 'casting',
  conf_incoming: 'ringing',
  white_board: 'whiteboard',
};
const WORDS = Object.keys(STATES);
export const stateOf = (word: string): string => STATES[word] ?? word;

/** The simulated world of the soak test: changes devices and remembers their values. */
export class World {
  readonly #simulator: Simulator;
  readonly #devices = new Map<string, ExpectedDevice>();
  #changes = 0;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  /** Reads every plain device; those of the simulator's scenarios are special and not used. */
  async learn(devices: number): Promise<void> {
    const { scenarios } = await this.#simulator.control<{
      scenarios: Record<string, { deviceId: string; comparableDeviceId?: string }>;
    }>('GET', '/world');
    const odd = new Set(
      Object.values(scenarios).flatMap(({ deviceId, comparableDeviceId }) => [deviceId, comparableDeviceId]),
    );
    for (let ordinal = 1; ordinal < devices; ordinal++) {
      const deviceId = deviceIdOf(SEED, refOf(ordinal));
      if (odd.has(deviceId)) continue;
      const record = await this.#simulator.control<Record<string, string>>('GET', `/devices/${deviceId}`);
      const recordChange = (value = ''): TimedValue[] => [
        { value, from: 0, until: Number.POSITIVE_INFINITY },
      ];
      this.#devices.set(deviceId, {
        deviceId,
        name: record.deviceName ?? '',
        roomId: record.openRoomId ?? '',
        serial: record.deviceSn ?? '',
        status: recordChange(record.deviceStatus),
        software: recordChange(record.softwareVersion),
      });
    }
  }

  get ids(): string[] {
    return [...this.#devices.keys()];
  }

  of(deviceId: string): ExpectedDevice | undefined {
    return this.#devices.get(deviceId);
  }

  /** Changes one device: its software, without an event, or its status, with an event. */
  async change(): Promise<void> {
    const expected = this.#devices.get(pick(this.ids));
    if (!expected) return;
    this.#changes += 1;
    if (this.#changes % 2 === 0) {
      const softwareVersion = `7.${this.#changes}.0`;
      const path = `/devices/${expected.deviceId}`;
      await recordChange(expected.software, softwareVersion, () =>
        this.#simulator.control('PATCH', path, { softwareVersion }),
      );
    } else {
      const status = pick(WORDS);
      const properties = { dev_app_status: status };
      const event = { type: 'property', deviceId: expected.deviceId, properties };
      await recordChange(expected.status, status, () => this.#simulator.control('POST', '/events', event));
    }
  }
}

/** Whether the value was possible at some moment of the interval. */
export const couldBe = (list: TimedValue[], value: unknown, from: number, to: number): boolean =>
  list.some(
    (recordChange) => recordChange.value === value && recordChange.from <= to && recordChange.until >= from,
  );

export const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

/** During a change, both the old and the new value are possible. */
async function recordChange(
  list: TimedValue[],
  value: string,
  change: () => Promise<unknown>,
): Promise<void> {
  const now: TimedValue = { value, from: Date.now(), until: Number.POSITIVE_INFINITY };
  const before = list.at(-1);
  list.push(now);
  await change();
  if (before) before.until = Date.now();
}
