import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/access/operator.ts';
import { comparedKind } from '#lib/domain/devices/comparison.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import { type App, openApp, person } from '#lib/testing/app.ts';
import { controller, reading } from '#lib/testing/reading.ts';
import { compareDevices, findComparison } from './compare-devices.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());
beforeEach(() => app.reset());

const wired = (ip: string) => ({ type: 'wired', ssid: null, ip, wifiMac: null, wiredMac: null }) as const;

async function record(deviceId: string, said: Partial<Device>, ago = 1_000) {
  await app.services.store.recordReading(
    { by: 'deviceId', id: deviceId },
    reading({
      observedAt: app.clock.now() - ago,
      source: 'sweep',
      device: { unionId: `union-${deviceId}`, ...said, deviceId },
    }),
  );
}

const compare = (role: Role, left = '1', right = '2') =>
  compareDevices(app.services, person(role, 'operator'), { left, right });

/** The comparison of some fields: whether they are equal. */
async function sameness(role: Role) {
  const { fields } = await compare(role);
  return Object.fromEntries(fields.map(({ field, same }) => [field, same]));
}

describe('a comparison of two devices', () => {
  test('has every field, each with the time it was observed', async () => {
    await record('1', { model: 'M1', firmware: '1.0', network: wired('10.0.0.1') }, 60_000);
    await record('2', { model: 'M1', firmware: '1.1', network: wired('10.0.0.2') });
    const before = app.clock.now();
    const { fields, left, right } = await compare('support');
    const after = app.clock.now();
    const by = new Map(fields.map((each) => [each.field, each]));
    expect(by.get('model')).toMatchObject({ left: 'M1', right: 'M1', same: true });
    expect(by.get('firmware')).toMatchObject({ left: '1.0', right: '1.1', same: false });
    expect(by.get('network.type')?.same).toBe(true);
    expect(by.get('firmware')).toMatchObject({ leftAt: left.observedAt, rightAt: right.observedAt });
    for (const { observedAt, ageMs } of [left, right]) {
      const answeredAt = Date.parse(observedAt) + ageMs;
      expect(answeredAt).toBeGreaterThanOrEqual(before);
      expect(answeredAt).toBeLessThanOrEqual(after);
    }
    expect(by.get('room'), 'neither says one').toMatchObject({ left: null, right: null, same: true });
  });

  test('gives a value from an event the time of the event', async () => {
    await record('1', { firmware: '1.0' }, 60_000);
    await record('2', { firmware: '1.0' }, 60_000);
    const at = app.clock.now() - 5_000;
    await app.services.store.recordEvent(
      { eventId: 'one', type: 'a_type', bornAt: at, body: {} },
      {
        kind: 'properties',
        device: { deviceId: '2', unionId: null },
        at,
        notUnderstood: [],
        overrides: [{ field: 'firmware', value: '1.1' }],
      },
      { transport: 'stream', at },
    );
    const { fields, left } = await compare('support');
    const firmware = fields.find(({ field }) => field === 'firmware');
    expect(firmware).toMatchObject({ right: '1.1', same: false, leftAt: left.observedAt });
    expect(firmware?.rightAt).toBe(new Date(at).toISOString());
  });

  test('shows neither hidden values nor whether they are equal', async () => {
    const shared = {
      serial: 'SN',
      mac: 'AA',
      castCode: '1234',
      sipAccount: 'a@b',
      network: wired('10.0.0.1'),
    };
    await record('1', { ...shared, unknownFields: { x: 1 } });
    await record('2', { ...shared, castCode: '9999', unknownFields: { x: 2 } });
    const hidden = ['serial', 'mac', 'network.ip', 'unionId', 'castCode', 'sipAccount', 'unknownFields'];
    const seen = await sameness('viewer');
    for (const field of hidden) expect(seen[field], field).toBeNull();
    const { fields } = await compare('viewer');
    for (const { field, same, left, right } of fields) {
      if (same === null) expect([left, right], field).toEqual([{ concealed: true }, { concealed: true }]);
    }
    expect(JSON.stringify(await compare('viewer'))).not.toMatch(/10\.0\.0\.1|union-1|"SN"|"AA"/);
    const support = await sameness('support');
    expect(support).toMatchObject({ serial: true, 'network.ip': true, 'unknownFields.x': false });
    expect(support, 'secrets are hidden from every role').toMatchObject({ castCode: null, sipAccount: null });
    expect((await sameness('admin')).castCode).toBeNull();
  });

  test('matches controllers by position, including one without a counterpart', async () => {
    const panel = (id: string, said: object) => controller({ deviceId: id, unionId: `panel-${id}`, ...said });
    await record('1', { controllers: [panel('21', { model: 'P1', serial: 'S' }), panel('22', {})] });
    await record('2', { controllers: [panel('31', { model: 'P2', serial: 'S' })] });
    expect(await sameness('support')).toMatchObject({
      'controllers.#1.model': false,
      'controllers.#1.serial': true,
      'controllers.#2': false,
      'controllers.#1.castCode': null,
      'controllers.#1.status.state': true,
    });
    const seen = await sameness('viewer');
    expect(seen).toMatchObject({ 'controllers.#1.model': false, 'controllers.#1.serial': null });
    const text = JSON.stringify(await compare('viewer'));
    expect(text).not.toMatch(/panel-|"S"/);
  });

  test('accepts union IDs from roles that may see them', async () => {
    await record('1', {});
    await record('2', {});
    expect((await compare('support', 'union-1', '2')).left.device.deviceId).toBe('1');
    const ids = { left: 'union-1', right: '2' };
    const found = await findComparison(app.services, person('viewer'), ids);
    expect(found).toMatchObject({ left: null, right: { device: { deviceId: '2' } }, fields: [] });
    await expect(compare('viewer', 'union-1', '2')).rejects.toMatchObject({
      reason: 'device-not-found.not-known-yet',
    });
  });

  test('is sorted by the importance of a difference', () => {
    const kind = (field: string, same: boolean | null) => comparedKind({ field, same });
    expect(kind('firmware', false)).toBe('differs');
    expect(kind('controllers.#1.model', false)).toBe('differs');
    expect(kind('controllers.#1.serial', false)).toBe('own');
    expect(kind('network.ip', false)).toBe('own');
    expect(kind('network.ip', true)).toBe('same');
    expect(kind('castCode', null)).toBe('concealed');
  });
});
