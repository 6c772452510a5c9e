import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '#lib/domain/change.ts';
import type { Device } from '#lib/domain/device.ts';
import { FINDINGS, type FindingCode } from '#lib/domain/finding.ts';
import { controller, device } from '#lib/testing/reading.ts';
import { findTrouble } from './find-trouble.ts';
import type { Sharing, Subject } from './subject.ts';

const NOW = Date.UTC(2026, 10, 28, 12);
const SEEN = NOW - 60_000;
const DAY = 86_400_000;

/** A device with which nothing is wrong, but for the given. */
function subject(given: Partial<Device> = {}, around: Partial<Subject> = {}): Subject {
  const { network, peripherals } = device();
  const fine = device({
    ...{
      deviceId: '1234',
      castCode: '839201',
      serial: '02ca1',
      mac: '14:85:7f:00:00:01',
      sipAccount: 'a@sip',
    },
    ...{ corpId: 'ours', room: { id: 'r1', name: 'Xihu' }, activatedAt: '2023-10-13T11:54:05.000Z' },
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
    ...{ device: fine, observedAt: SEEN, source: 'look-up', told: [], now: NOW, roomName: 'Xihu' },
    ...{ sharing: [], changes: [], alarms: [], ...around },
  };
}

const panel = (given: Parameters<typeof controller>[0] = {}) =>
  controller({ deviceId: '2345', roomId: 'r1', corpId: 'ours', ...given });
const state = (word: 'idle' | 'offline' | 'in-meeting' | 'unknown', raw: string = word) => ({
  state: word,
  raw,
});
const net = (given: Partial<Device['network']>) => ({ network: { ...subject().device.network, ...given } });
const part = (given: Partial<Device['peripherals']>) => ({
  peripherals: { ...subject().device.peripherals, ...given },
});
const shares = (kind: Sharing['kind'], offline = false): Partial<Subject> => ({
  sharing: [
    { kind, other: { deviceId: '77', name: 'Other', offline, observedAt: SEEN - 5, source: 'sweep' } },
  ],
});
const alarm = (rule: string): Partial<Subject> => ({ alarms: [{ rule, level: 'serious', since: SEEN - 9 }] });
const change = (field: string, from: unknown, to: unknown): Change => ({
  ...{ deviceKey: '1234', at: SEEN, notBefore: SEEN - DAY, source: 'sweep', field, from, to },
});
const changed = (...args: Parameters<typeof change>) => ({ changes: [change(...args)] });

type Row = [what: string, subject: Subject, codes: FindingCode[]];

const GOLDEN: Row[] = [
  ['nothing', subject(), []],
  ['a meeting under way', subject({ status: state('in-meeting') }), []],
  ['no controllers at all', subject({ controllers: [] }), []],
  [
    'offline, its controller too',
    subject({ status: state('offline'), controllers: [panel({ status: state('offline') })] }),
    ['offline'],
  ],
  ['offline without a controller', subject({ status: state('offline'), controllers: [] }), ['offline']],
  [
    'offline, its controller in a new state',
    subject({ status: state('offline'), controllers: [panel({ status: state('unknown', 'new') })] }),
    ['offline'],
  ],
  [
    'offline, its controller at work',
    subject({ status: state('offline') }),
    ['offline-while-controller-works'],
  ],
  [
    'its controller offline',
    subject({ controllers: [panel({ status: state('offline') })] }),
    ['controller-offline'],
  ],
  [
    'both controllers offline',
    subject({
      controllers: [panel({ status: state('offline') }), panel({ deviceId: '3', status: state('offline') })],
    }),
    ['controller-offline', 'controller-offline'],
  ],
  [
    'its controller in another room',
    subject({ controllers: [panel({ roomId: 'r2' })] }),
    ['controller-in-other-room'],
  ],
  ['a controller that names no room', subject({ controllers: [panel({ roomId: null })] }), []],
  [
    'its controller of another organisation',
    subject({ controllers: [panel({ corpId: 'theirs' })] }),
    ['controller-of-other-organisation'],
  ],
  ['a controller that names no organisation', subject({ controllers: [panel({ corpId: null })] }), []],
  [
    'its controller gone',
    subject({ controllers: [] }, changed('controllers.2345', panel(), null)),
    ['controller-lost'],
  ],
  ['one controller for another', subject({}, changed('controllers.9', panel({ deviceId: '9' }), null)), []],
  [
    'a controller that only lost its room',
    subject({ controllers: [] }, changed('controllers.2345.roomId', 'r1', null)),
    [],
  ],
  ['the cast code of another', subject({}, shares('cast-code')), ['shared-cast-code']],
  [
    'the cast code of another while offline',
    subject({ status: state('offline'), controllers: [] }, shares('cast-code', true)),
    ['offline', 'shared-cast-code'],
  ],
  ['the address of another', subject({}, shares('ip')), ['shared-ip']],
  ['the address of one that is offline', subject({}, shares('ip', true)), []],
  [
    'an address that went to another meanwhile',
    subject({ status: state('offline'), controllers: [] }, shares('ip')),
    ['offline'],
  ],
  ['the serial of another', subject({}, shares('serial')), ['shared-serial']],
  ['the MAC of another', subject({}, shares('mac')), ['shared-mac']],
  ['the SIP account of another', subject({}, shares('sip-account')), ['shared-sip-account']],
  ['a serial it does not say any more', subject({ serial: null }, shares('serial')), []],
  ['no room', subject({ room: null }), ['no-room']],
  ['a room that the list does not know', subject({}, { roomName: null }), []],
  ['another name for its room', subject({}, { roomName: '西湖厅' }), ['room-renamed']],
  ['a room without a name', subject({ room: { id: 'r1', name: null } }), []],
  ['the cable without an address', subject(net({ ip: null })), ['wired-without-ip']],
  ['Wi-Fi without an address', subject(net({ type: 'wifi', ip: null })), []],
  [
    'offline without an address',
    subject({ ...net({ ip: null }), status: state('offline'), controllers: [] }),
    ['offline'],
  ],
  ['an address of its own making', subject(net({ ip: '169.254.7.7' })), ['link-local-ip']],
  ['an IPv6 address of its own making', subject(net({ ip: 'fe80::1%eth0' })), ['link-local-ip']],
  ['an address next to those', subject(net({ ip: '169.253.7.7' })), []],
  ['its own address', subject(net({ ip: '127.0.0.10' })), ['loopback-ip']],
  ['an address that is none', subject(net({ ip: 'DHCP' })), []],
  ['activated next year', subject({ activatedAt: '2027-11-01T00:00:00.000Z' }), ['activated-in-future']],
  [
    'activated a moment ahead of our clock',
    subject({ activatedAt: new Date(SEEN + 60_000).toISOString() }),
    [],
  ],
  ['no activation', subject({ activatedAt: null }), ['never-activated']],
  [
    'its microphone gone',
    subject(part({ microphone: null }), changed('peripherals.microphone', 'Built-in Audio', null)),
    ['microphone-lost'],
  ],
  [
    'its camera gone',
    subject(part({ camera: '' }), changed('peripherals.camera', 'Smart Camera', '')),
    ['camera-lost'],
  ],
  [
    'its speaker gone',
    subject(part({ speaker: null }), changed('peripherals.speaker', 'Built-in Audio', null)),
    ['speaker-lost'],
  ],
  ['a camera it never had', subject(part({ camera: null })), []],
  [
    'its microphone gone while offline',
    subject(
      { ...part({ microphone: null }), status: state('offline'), controllers: [] },
      changed('peripherals.microphone', 'Built-in Audio', null),
    ),
    ['offline'],
  ],
  [
    'another microphone',
    subject(part({ microphone: 'USB' }), changed('peripherals.microphone', 'Built-in Audio', 'USB')),
    ['part-swapped'],
  ],
  [
    'its microphone in another port',
    subject(
      part({ microphone: 'Microphone (3- Built-in Audio)' }),
      changed('peripherals.microphone', 'Microphone (2- Built-in Audio)', 'Microphone (3- Built-in Audio)'),
    ),
    [],
  ],
  [
    'its first microphone',
    subject(part({ microphone: 'USB' }), changed('peripherals.microphone', null, 'USB')),
    [],
  ],
  ['an alarm that stands', subject({}, alarm('camera')), ['alarm-open']],
  [
    'an alarm of being offline, and offline',
    subject({ status: state('offline'), controllers: [] }, alarm('offline')),
    ['offline'],
  ],
  ['an alarm of being offline, and back', subject({}, alarm('offline')), ['alarm-open']],
  ['a state nobody documented', subject({ status: state('unknown', 'firmware_update') }), ['unknown-status']],
  ['news of yesterday', subject({}, { observedAt: NOW - DAY - 1 }), ['stale']],
  ['news of exactly a day ago', subject({}, { observedAt: NOW - DAY }), []],
  [
    'news of yesterday, and an event since',
    subject({}, { observedAt: NOW - DAY - 1, told: [{ field: 'firmware', at: SEEN }] }),
    [],
  ],
];

describe('what is wrong with a device', () => {
  test.each(GOLDEN)('%s', (_what, given, codes) => {
    expect(findTrouble(given).map(({ code }) => code)).toEqual(codes);
  });

  test('has a row for every code', () => {
    const tried = new Set(GOLDEN.flatMap(([, , codes]) => codes));
    expect(Object.keys(FINDINGS).filter((code) => !tried.has(code as FindingCode))).toEqual([]);
  });

  test('rests on what an event told from when it was told', () => {
    const told = [{ field: 'status', at: SEEN + 30_000 }];
    const [found] = findTrouble(subject({ status: state('offline'), controllers: [] }, { told }));
    expect(found?.evidence).toEqual([
      { field: 'status.state', value: 'offline', at: SEEN + 30_000, source: 'event', of: null },
    ]);
  });

  test('names whom it shares something with, and from when that is', () => {
    const [found] = findTrouble(subject({}, shares('cast-code')));
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

test.each(GOLDEN)('a finding of %s stays the same whatever else changes', (_what, given) => {
  for (const found of findTrouble(given)) {
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
      const again = findTrouble({ ...given, device: merged });
      expect(again, `${found.code} when ${family} changes`).toContainEqual(found);
    }
  }
});

test('every finding of whatever devices say has evidence, none older or newer than what was seen', () => {
  const word = fc.option(fc.string({ maxLength: 12 }), { nil: null });
  const anyState = fc.constantFrom(state('idle'), state('offline'), state('unknown', 'x'));
  const anyPanel = fc
    .record({ deviceId: word, roomId: word, corpId: word, status: anyState })
    .map(controller);
  const anyDevice = fc.record({
    ...{
      status: anyState,
      corpId: word,
      serial: word,
      castCode: word,
      activatedAt: fc.constantFrom(null, 'never', '2030-01-01T00:00:00.000Z'),
    },
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
      const told = [{ field: 'status', at: seen + 1 }];
      const around = {
        observedAt: seen,
        roomName,
        told,
        changes: changes.map(({ field, from, to }) => change(field, from, to)),
      };
      for (const { evidence } of findTrouble(subject(given, around))) {
        expect(evidence.length).toBeGreaterThan(0);
        for (const each of evidence) expect([seen, seen + 1, SEEN - DAY]).toContain(each.at);
      }
    }),
  );
});
