import { describe, expect, test } from 'vitest';
import { ROLES } from '#lib/domain/access/operator.ts';
import { conceal } from './conceal.ts';
import type { Device } from './device.ts';

const device: Device = {
  deviceId: '1234',
  unionId: 'UNION-canary',
  name: 'Device',
  kind: 'device',
  model: 'winbox',
  serviceId: 1204,
  status: { state: 'offline', raw: 'offline' },
  room: { id: '7263', name: 'Room' },
  corpId: 'CORP-canary',
  serial: 'SERIAL-canary',
  mac: 'MAC-canary',
  castCode: 'CAST-canary',
  createdBy: 'CREATOR-canary',
  firmware: '1',
  software: '2',
  activatedAt: null,
  network: {
    type: 'wifi',
    ssid: 'SSID-canary',
    ip: 'IP-canary',
    wifiMac: 'WIFIMAC-canary',
    wiredMac: 'WIREDMAC-canary',
  },
  peripherals: { camera: null, microphone: null, speaker: null, mirror: null, hdmi: null },
  sipAccount: 'SIP-canary',
  controllers: [
    {
      deviceId: '2345',
      unionId: 'CUNION-canary',
      name: null,
      kind: 'accessory',
      model: null,
      serviceId: null,
      status: { state: 'idle', raw: 'idle' },
      roomId: '7263',
      corpId: 'CCORP-canary',
      serial: 'CSERIAL-canary',
      mac: 'CMAC-canary',
      castCode: 'CCAST-canary',
    },
  ],
  unknownFields: { devNew: 'NEW-canary' },
};

const canaries = (shown: unknown) =>
  [...JSON.stringify(shown).matchAll(/(\w+)-canary/g)].map((match) => match[1]);

describe('the view of a device by role', () => {
  test('a viewer sees the status and no value that identifies or reaches the device', () => {
    expect(canaries(conceal(device, 'viewer'))).toEqual([]);
  });

  test('support sees identity and network, but neither cast codes nor the SIP account', () => {
    const seen = canaries(conceal(device, 'support'));
    expect(seen).toContain('SERIAL');
    expect(seen).toContain('IP');
    expect(seen.filter((name) => /CAST|SIP/.test(name ?? ''))).toEqual([]);
  });

  test('an admin sees the same: no response contains a secret, it is only revealed', () => {
    const { castCode, sipAccount, controllers, ...shown } = conceal(device, 'admin');
    expect([castCode, sipAccount, controllers[0]?.castCode]).toEqual(Array(3).fill({ concealed: true }));
    expect(shown).toEqual(expect.objectContaining({ unionId: 'UNION-canary', mac: 'MAC-canary' }));
    expect(canaries(conceal(device, 'admin'))).toEqual(canaries(conceal(device, 'support')));
  });

  test.each(ROLES)('the status, the room and the shape are the same for %s', (role) => {
    const shown = conceal(device, role);
    expect(Object.keys(shown).sort()).toEqual(Object.keys(device).sort());
    expect(shown).toMatchObject({ deviceId: '1234', status: device.status, room: device.room });
    expect(shown.controllers[0]).toMatchObject({ deviceId: '2345', status: { state: 'idle' } });
  });

  test('a hidden value does not show whether there was one', () => {
    const shown = conceal({ ...device, serial: null }, 'viewer');
    expect(shown.serial).toEqual({ concealed: true });
  });
});
