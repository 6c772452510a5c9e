import type { Device } from '#lib/domain/devices/device.ts';
import type { Change } from '#lib/domain/history/change.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import type { Likewise, Other, Sharing, Subject } from '#lib/services/issues/subject.ts';
import { controller, device } from '#lib/testing/reading.ts';

/** A row of a golden table: what is given, and what is found wrong with it. */
export type Row = [what: string, subject: Subject, codes: IssueCode[]];

export const NOW = Date.UTC(2026, 10, 28, 12);
export const SEEN = NOW - 60_000;
export const DAY = 86_400_000;

/** A device with which nothing is wrong, but for the given. */
export function subject(given: Partial<Device> = {}, around: Partial<Subject> = {}): Subject {
  const { network, peripherals } = device();
  const fine = device({
    deviceId: '1234',
    castCode: '839201',
    serial: '02ca1',
    mac: '14:85:7f:00:00:01',
    sipAccount: 'a@sip',
    corpId: 'ours',
    room: { id: 'r1', name: 'Xihu' },
    activatedAt: '2023-10-13T11:54:05.000Z',
    network: { ...network, type: 'wired', ip: '10.20.31.7' },
    peripherals: {
      ...peripherals,
      camera: 'Smart Camera',
      microphone: 'Built-in Audio',
      speaker: 'Built-in Audio',
    },
    controllers: [panel()],
    ...given,
  });
  return {
    device: fine,
    observedAt: SEEN,
    source: 'look-up',
    overrides: [],
    now: NOW,
    current: true,
    standing: [],
    roomName: 'Xihu',
    sharing: [],
    roommates: [],
    near: [],
    likewise: null,
    states: [],
    changes: [],
    alarms: [],
    ...around,
  };
}

export const panel = (given: Parameters<typeof controller>[0] = {}) =>
  controller({ deviceId: '2345', roomId: 'r1', corpId: 'ours', ...given });
export const state = (word: 'idle' | 'offline' | 'in-meeting' | 'unknown', raw: string = word) => ({
  state: word,
  raw,
});
export const net = (given: Partial<Device['network']>) => ({
  network: { ...subject().device.network, ...given },
});
export const part = (given: Partial<Device['peripherals']>) => ({
  peripherals: { ...subject().device.peripherals, ...given },
});
export const shares = (kind: Sharing['kind'], offline = false, current = true): Partial<Subject> => ({
  sharing: [
    {
      kind,
      other: { deviceId: '77', name: 'Other', offline, current, observedAt: SEEN - 5, source: 'sweep' },
    },
  ],
});
export const alarm = (rule: string): Partial<Subject> => ({
  alarms: [{ rule, level: 'serious', since: SEEN - 9 }],
});
export const change = (field: string, from: unknown, to: unknown): Change => ({
  deviceKey: '1234',
  at: SEEN,
  notBefore: SEEN - DAY,
  source: 'sweep',
  field,
  from,
  to,
});
export const changed = (...args: Parameters<typeof change>) => ({ changes: [change(...args)] });

export const HOUR = DAY / 24;
export const other = (given: Partial<Other> = {}): Other => ({
  deviceId: '77',
  name: 'Other',
  state: 'idle',
  current: true,
  networkType: 'wired',
  observedAt: SEEN - 5,
  source: 'sweep',
  ...given,
});
export const many = (n: number, given: Partial<Other> = {}) => Array.from({ length: n }, () => other(given));
export const floor = (...others: Other[]): Partial<Subject> => ({
  near: [{ what: 'group', name: 'HQ / 12F', others }],
});
export const subnet = (...others: Other[]): Partial<Subject> => ({
  near: [{ what: 'subnet', name: '10.20.31.0/24', others }],
});
export const likewise = (given: Partial<Likewise> = {}): Partial<Subject> => ({
  likewise: {
    model: 'winbox',
    others: 10,
    firmware: [],
    software: [],
    partsKnown: 10,
    seenAt: SEEN - 7,
    parts: { camera: 10, microphone: 10, speaker: 10 },
    mac: { fits: 10, strays: 0 },
    ...given,
  },
});
export const versions = (own: number, newer: number, apart = 2 * DAY) => [
  { version: 'V1', count: own, firstSeenAt: SEEN - 90 * DAY },
  { version: 'V2', count: newer, firstSeenAt: SEEN - 90 * DAY + apart },
];
/** Changes of the state so long before now, newest first. */
export const turns = (...ago: [word: string, ms: number][]): Partial<Subject> => ({
  states: ago.map(([to, ms]) => ({ ...change('status.state', null, to), at: NOW - ms, notBefore: NOW - ms })),
});
/** In use every day for ten days, and then not for so long. */
export const used = (idleMs: number) =>
  turns(
    ...Array.from({ length: 20 }, (_, at): [string, number] => [
      at % 2 ? 'in-meeting' : 'idle',
      idleMs + at * 12 * HOUR,
    ]),
  );
