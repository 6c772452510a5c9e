import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Device } from '#lib/domain/devices/device.ts';
import { ISSUES, type IssueCode, restsOnStatus } from '#lib/domain/issues/issue.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { GOLDEN_DEVICE } from '#lib/testing/issues/golden-device.ts';
import { GOLDEN_PEERS } from '#lib/testing/issues/golden-peers.ts';
import {
  change,
  DAY,
  floor,
  many,
  NOW,
  net,
  part,
  type Row,
  SEEN,
  shares,
  state,
  subject,
} from '#lib/testing/issues/subjects.ts';
import { controller } from '#lib/testing/reading.ts';
import { findActiveIssues } from './find-issues.ts';
import type { Subject } from './subject.ts';

/** Found in rooms, see `room-issues.test.ts`. */
const OF_ROOMS = new Set<string>(['room-without-device']);

const GOLDEN: readonly Row[] = [...GOLDEN_DEVICE, ...GOLDEN_PEERS];

describe('issues of a device', () => {
  test.each(GOLDEN)('%s', (_what, given, codes) => {
    expect(findActiveIssues(given).map(({ code }) => code)).toEqual(codes);
  });

  test('has a row for every code', () => {
    const tried = new Set(GOLDEN.flatMap(([, , codes]) => codes));
    expect(
      Object.keys(ISSUES).filter((code) => !OF_ROOMS.has(code) && !tried.has(code as IssueCode)),
    ).toEqual([]);
  });

  test.each(GOLDEN)(
    'of a last known status finds nothing new that rests on it: %s',
    (_what, given, codes) => {
      const found = findActiveIssues({ ...given, current: false, standing: [] });
      expect(found.map(({ code }) => code)).toEqual(codes.filter((code) => !restsOnStatus(code)));
    },
  );

  test.each(GOLDEN)('of a last known status keeps what stood: %s', (_what, given, codes) => {
    const found = findActiveIssues({ ...given, current: false, standing: codes });
    expect(found.map(({ code }) => code)).toEqual(codes);
  });

  test('counts no neighbour as offline by a last known status, unless its own is as old', () => {
    const given = { status: state('offline'), controllers: [] };
    const near = floor(...many(3, { state: 'offline', current: false }));
    const codes = (around: Partial<Subject>) =>
      findActiveIssues(subject(given, { ...near, ...around })).map(({ code }) => code);
    expect(codes({})).toEqual(['offline']);
    expect(codes({ current: false, standing: ['offline-with-neighbours'] })).toEqual([
      'offline-with-neighbours',
    ]);
  });

  test('finds no shared address by a last known status of the other, and keeps one that stood', () => {
    const around = shares('ip', false, false);
    const codes = (standing: IssueCode[]) =>
      findActiveIssues(subject({}, { ...around, standing })).map(({ code }) => code);
    expect(codes([])).toEqual([]);
    expect(codes(['shared-ip'])).toEqual(['shared-ip']);
  });

  test('have an event as evidence with the time of the event', () => {
    const overrides = [{ field: 'status', at: SEEN + 30_000 }];
    const [found] = findActiveIssues(subject({ status: state('offline'), controllers: [] }, { overrides }));
    expect(found?.evidence).toEqual([
      { field: 'status.state', value: 'offline', at: SEEN + 30_000, source: 'event', of: null },
    ]);
  });

  test('name the device with the shared value, and the time of its reading', () => {
    const [found] = findActiveIssues(subject({}, shares('cast-code')));
    expect(found?.evidence.map(({ of, at }) => [of?.deviceId ?? null, at])).toEqual([
      [null, SEEN],
      ['77', SEEN - 5],
    ]);
  });
});

/** What a field's path belongs to: what is changed at once in the property below. */
const familyOf = (field: string) => {
  const [first = '', second = ''] = field.split('.');
  return first === 'network' || first === 'peripherals' ? `${first}.${second}` : first;
};

const OTHERWISE: Record<string, Partial<Device>> = {
  name: { name: 'Other' },
  model: { model: 'other' },
  status: { status: state('in-meeting') },
  room: { room: { id: 'elsewhere', name: 'Elsewhere' } },
  corpId: { corpId: 'other' },
  serial: { serial: 'other' },
  mac: { mac: '00:00:5e:00:53:01' },
  castCode: { castCode: '1' },
  firmware: { firmware: 'other' },
  software: { software: 'other' },
  activatedAt: { activatedAt: '2020-01-01T00:00:00.000Z' },
  sipAccount: { sipAccount: 'other' },
  controllers: { controllers: [] },
  unknownFields: { unknownFields: { new: 1 } },
  'network.type': net({ type: 'wifi' }),
  'network.ip': net({ ip: '192.0.2.9' }),
  'peripherals.camera': part({ camera: 'Other' }),
  'peripherals.microphone': part({ microphone: 'Other' }),
  'peripherals.speaker': part({ speaker: 'Other' }),
};

test.each(GOLDEN)('an issue of %s stays the same whatever else changes', (_what, given) => {
  for (const found of findActiveIssues(given)) {
    const named = new Set(found.evidence.map(({ field }) => familyOf(field)));
    for (const [family, other] of Object.entries(OTHERWISE)) {
      if (named.has(family)) continue;
      const merged: Device = {
        ...given.device,
        ...other,
        ...(other.network && {
          network: {
            ...given.device.network,
            [family.split('.')[1] ?? '']: other.network[family.split('.')[1] as 'ip'],
          },
        }),
        ...(other.peripherals && {
          peripherals: {
            ...given.device.peripherals,
            [family.split('.')[1] ?? '']: other.peripherals[family.split('.')[1] as 'camera'],
          },
        }),
      };
      const again = findActiveIssues({ ...given, device: merged });
      expect(again, `${found.code} when ${family} changes`).toContainEqual(found);
    }
  }
});

test('every issue of any device has evidence, none older or newer than the data', () => {
  const word = fc.option(fc.string({ maxLength: 12 }), { nil: null });
  const anyState = fc.constantFrom(state('idle'), state('offline'), state('unknown', 'x'));
  const anyPanel = fc
    .record({ deviceId: word, roomId: word, corpId: word, status: anyState })
    .map(controller);
  const anyDevice = fc.record({
    status: anyState,
    corpId: word,
    serial: word,
    castCode: word,
    activatedAt: fc.constantFrom(null, 'never', '2030-01-01T00:00:00.000Z'),
    room: fc.option(fc.record({ id: fc.string(), name: word }), { nil: null }),
    network: fc.record({
      type: fc.constantFrom('wired' as const, 'wifi' as const, null),
      ip: word,
      ssid: word,
      wifiMac: word,
      wiredMac: word,
    }),
    peripherals: fc.record({ camera: word, microphone: word, speaker: word, mirror: word, hdmi: word }),
    controllers: fc.array(anyPanel, { maxLength: 3 }),
  });
  const anyChange = fc.record({
    field: fc.constantFrom('peripherals.camera', 'controllers.1', 'name'),
    from: word,
    to: word,
  });
  fc.assert(
    fc.property(anyDevice, fc.array(anyChange), fc.nat(3 * DAY), word, (given, changes, age, roomName) => {
      const seen = NOW - age;
      const overrides = [{ field: 'status', at: seen + 1 }];
      const around = {
        observedAt: seen,
        roomName,
        overrides,
        changes: changes.map(({ field, from, to }) => change(field, from, to)),
      };
      for (const { evidence } of findActiveIssues(subject(given, around))) {
        expect(evidence.length).toBeGreaterThan(0);
        for (const each of evidence) expect([seen, seen + 1, SEEN - DAY]).toContain(each.at);
      }
    }),
    { numRuns: fuzzRuns(100) },
  );
});
