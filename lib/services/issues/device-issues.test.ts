import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ShownIssue } from '#lib/api/issues/issue-answers.ts';
import type { Role } from '#lib/domain/access/operator.ts';
import { findKnownDevice } from '#lib/services/devices/known-device.ts';
import { type App, openApp, person } from '#lib/testing/app.ts';
import { HIDDEN, recordKnownWorld } from '#lib/testing/known-world.ts';
import { controller, reading } from '#lib/testing/reading.ts';

let app: App;
let at: number;
beforeAll(async () => {
  app = await openApp();
});
beforeEach(async () => {
  await app.reset();
  at = app.clock.now() - 60_000;
  await recordKnownWorld(app.services.store, at);
});
afterAll(() => app.close());

const REF = { by: 'deviceId', id: '1001' } as const;

/** Everything there is to find fault with, sharing what it can with device 1001. */
async function recordComparableDevice() {
  await app.services.store.recordReading(
    { by: 'deviceId', id: '1009' },
    reading({
      observedAt: at,
      source: 'sweep',
      device: {
        deviceId: '1009',
        unionId: 'union-9',
        name: 'Twin',
        serial: 'SN-0001',
        mac: 'AA:BB:CC:00:00:01',
        castCode: '839201',
        sipAccount: 'a@sip.example',
        network: { type: 'wired', ssid: null, ip: '10.0.0.1', wifiMac: null, wiredMac: null },
      },
    }),
  );
}

// `operator` queried the known world.
async function found(role: Role, unionId = 'operator'): Promise<ShownIssue[]> {
  const answer = await findKnownDevice(app.services, person(role, unionId), REF);
  return answer?.issues ?? [];
}

const of = (issues: ShownIssue[], code: string) => issues.find((each) => each.code === code);

test('a value shared with another device is found on both, with the other named', async () => {
  await recordComparableDevice();
  const issues = await found('support');
  expect(issues.map(({ code }) => code)).toEqual(
    expect.arrayContaining([
      'shared-cast-code',
      'shared-ip',
      'shared-serial',
      'shared-mac',
      'shared-sip-account',
    ]),
  );
  expect(of(issues, 'shared-ip')?.evidence).toMatchObject([
    { field: 'network.ip', value: '10.0.0.1', of: null },
    { field: 'network.ip', value: '10.0.0.1', source: 'sweep', of: { deviceId: '1009', name: 'Twin' } },
    { field: 'status.state', value: 'idle' },
  ]);
});

test('no secret is evidence, and a viewer receives no restricted evidence', async () => {
  await recordComparableDevice();
  for (const role of ['viewer', 'support', 'admin'] as const) {
    const said = JSON.stringify(await found(role)).toLowerCase();
    expect(said).toContain('shared-cast-code');
    const hidden = role === 'viewer' ? HIDDEN : ['839201', 'a@sip.example', '55501'];
    for (const secret of hidden) expect(said, `${role}: ${secret}`).not.toContain(secret);
  }
});

test('a removed controller is reported without its secrets', async () => {
  const device = { deviceId: '1001', unionId: 'union-1', controllers: [] };
  await app.services.store.recordReading(REF, reading({ observedAt: at + 5, source: 'sweep', device }));
  const lost = of(await found('viewer'), 'controller-lost');
  expect(lost?.evidence).toMatchObject([
    { field: 'controllers.2001', value: null },
    { field: 'controllers.2001', value: { name: 'Panel', castCode: { concealed: true } } },
  ]);
});

test('facts from another person’s query are no evidence for a person without an answer', async () => {
  const { store } = app.services;
  const camera = (name: string | null) => ({
    camera: name,
    microphone: null,
    speaker: null,
    mirror: null,
    hdmi: null,
  });
  const report = (observedAt: number, operatorUnionId: string, name: string | null) =>
    store.recordReading(
      REF,
      reading({
        observedAt,
        operatorUnionId,
        device: {
          deviceId: '1001',
          unionId: 'union-1',
          peripherals: camera(name),
          controllers: [controller()],
        },
      }),
    );
  await report(at + 1, 'one', 'Camera of one');
  await report(at + 2, 'simOperatorUnionId', null);
  expect(of(await found('support', 'one'), 'camera-lost')).toBeDefined();
  expect(of(await found('support', 'two'), 'camera-lost')).toBeUndefined();
});

test('facts after a refusal are no evidence for a person whom DingTalk refuses', async () => {
  const { store } = app.services;
  const state = (word: 'idle' | 'offline') => ({ state: word, raw: word });
  const report = (after: number, word: 'idle' | 'offline', operatorUnionId = 'simOperatorUnionId') =>
    store.recordReading(
      REF,
      reading({
        observedAt: at + after,
        operatorUnionId,
        source: 'sweep',
        device: { deviceId: '1001', unionId: 'union-1', status: state(word) },
      }),
    );
  await report(1, 'idle', 'one');
  await store.recordRefusal(REF, 'one', at + 2);
  for (const after of [3, 5, 7]) {
    await report(after, 'offline');
    await report(after + 1, 'idle');
  }
  expect(of(await found('support', 'simOperatorUnionId'), 'flapping')).toBeDefined();
  expect(of(await found('support', 'one'), 'flapping')).toBeUndefined();
});

test('a viewer learns that a subnet is offline, and neither which one nor its devices', async () => {
  const { store } = app.services;
  const network = { type: 'wired', ssid: null, ip: '10.0.0.1', wifiMac: null, wiredMac: null } as const;
  for (const id of ['1001', '1011', '1012', '1013']) {
    const device = {
      deviceId: id,
      unionId: `union-${id}`,
      name: `Device ${id}`,
      room: null,
      status: { state: 'offline', raw: 'offline' } as const,
      network: { ...network, ip: `10.9.9.${Number(id) % 100}` },
    };
    const asked = { by: 'deviceId', id } as const;
    await store.recordReading(asked, reading({ observedAt: at + 5, source: 'sweep', device }));
  }
  const evidence = async (role: Role) => of(await found(role), 'offline-with-neighbours')?.evidence ?? [];
  expect(JSON.stringify(await evidence('support'))).toContain('10.9.9.0/24');
  expect(JSON.stringify(await evidence('support'))).toContain('Device 1011');
  const seen = await evidence('viewer');
  expect(seen).toContainEqual(
    expect.objectContaining({ among: { what: 'subnet', name: { concealed: true }, count: 3, total: 3 } }),
  );
  expect(JSON.stringify(seen)).not.toMatch(/10\.9\.9|Device 101/);
});
