import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { can } from '#lib/domain/access/operator.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { controller, device } from '#lib/testing/reading.ts';
import {
  controllerIdentifiersOf,
  FOUND_BY,
  IDENTIFIER_KINDS,
  identifiersOf,
  normalIdentifier,
} from './identifier-kind.ts';

describe('an identifier', () => {
  test('keeps its normalized spelling', () => {
    fc.assert(
      fc.property(fc.constantFrom(...IDENTIFIER_KINDS), fc.string({ unit: 'binary' }), (kind, text) => {
        const normal = normalIdentifier(kind, text);
        expect(normalIdentifier(kind, normal)).toBe(normal);
        expect(normalIdentifier(kind, ` ${text}\n`)).toBe(normal);
      }),
      { numRuns: fuzzRuns(2_000) },
    );
  });

  test.each(['AA:BB:CC:DD:EE:FF', 'aa-bb-cc-dd-ee-ff', 'aabb.ccdd.eeff', ' ＡＡＢＢ ccdd eeff'])(
    'that is a MAC is the same as %j',
    (text) => {
      expect(normalIdentifier('mac', text)).toBe('aabbccddeeff');
    },
  );

  test('is found only by roles that may see it', () => {
    const foundBy = (role: 'viewer' | 'support' | 'admin') =>
      IDENTIFIER_KINDS.filter((kind) => can(role, FOUND_BY[kind]));
    expect(foundBy('viewer')).toEqual(['device-id']);
    expect(foundBy('support')).toEqual(['device-id', 'union-id', 'serial', 'mac', 'ip']);
    expect(foundBy('admin')).toEqual([...IDENTIFIER_KINDS]);
  });
});

describe('the identifiers of a device', () => {
  test('are all that it reports, each once, without empty values', () => {
    const network = {
      type: 'wifi',
      ssid: 'x',
      ip: '10.0.0.1',
      wifiMac: 'AA:BB:CC:DD:EE:FF',
      wiredMac: '',
    } as const;
    const said = device({ deviceId: '1', serial: ' SN ', mac: 'aabbccddeeff', network, sipAccount: 'A@b' });
    expect(identifiersOf(said)).toEqual([
      { kind: 'device-id', value: '1' },
      { kind: 'serial', value: 'sn' },
      { kind: 'mac', value: 'aabbccddeeff' },
      { kind: 'ip', value: '10.0.0.1' },
      { kind: 'sip-account', value: 'a@b' },
    ]);
  });

  test('include none of its controllers, which have their own', () => {
    const panel = controller({ deviceId: '2', unionId: 'U', castCode: '12' });
    expect(identifiersOf(device({ controllers: [panel] }))).toEqual([]);
    expect(controllerIdentifiersOf(panel).map(({ value }) => value)).toEqual(['2', 'u', '12']);
  });
});
