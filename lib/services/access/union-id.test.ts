import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operator, Role } from '#lib/domain/access/operator.ts';
import { EVERY_DEVICE } from '#lib/domain/inventory/fleet-filter.ts';
import { compareDevices } from '#lib/services/devices/compare-devices.ts';
import { deviceHistory } from '#lib/services/devices/device-history.ts';
import { findComparableDevice } from '#lib/services/devices/find-comparable-device.ts';
import { getDeviceAsOf } from '#lib/services/devices/known-as-of.ts';
import { getKnownDevice } from '#lib/services/devices/known-device.ts';
import { lookUp } from '#lib/services/devices/look-up.ts';
import { listFleet } from '#lib/services/inventory/list-fleet.ts';
import { listLabels } from '#lib/services/inventory/list-labels.ts';
import { whatCameBefore } from '#lib/services/issues/preceding-changes.ts';
import { recordCheck, takeBackCheck } from '#lib/services/notes/checks.ts';
import { getPinsAndRecents, setPin } from '#lib/services/search/pins-and-recents.ts';
import { search } from '#lib/services/search/search.ts';
import { type App, callerOf, explain, openApp, person } from '#lib/testing/app.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { reading } from '#lib/testing/reading.ts';

const HOME = 'https://desk.example.com';
/** Of a device with a device id, of one that was only found in its room, and of none. */
const [KNOWN, ALONE, UNKNOWN] = ['union-1', 'union-3', 'union-9'];

let app: App;
beforeAll(async () => {
  app = await openApp();
  const { store } = app.services;
  await recordKnownWorld(store, app.clock.now() - 1_000);
  // Of the same model as the device with `KNOWN`, so that there is a similar one.
  const similar = { deviceId: '1003', unionId: 'union-4', model: 'M1' };
  await store.recordReading(
    { by: 'deviceId', id: '1003' },
    reading({ observedAt: app.clock.now(), device: similar }),
  );
});
afterAll(() => app.close());

// This person queried the known world.
const as = (role: Role): Operator => person(role, 'operator');
const refOf = (id: string) => ({ by: 'unionId', id }) as const;
const check = { step: 'power-plug', answer: 'yes' } as const;

type Ask = (operator: Operator, id: string) => Promise<unknown>;

const WAYS: [credential: string, id: string, ask: Ask][] = [
  [
    'the query',
    KNOWN,
    (who, id) => lookUp(app.services, callerOf(who), { ref: refOf(id), insist: false }, explain as never),
  ],
  ['the page and the last known device', KNOWN, (who, id) => getKnownDevice(app.services, who, refOf(id))],
  ['the past', KNOWN, (who, id) => getDeviceAsOf(app.services, who, refOf(id), { at: app.clock.now() - 10 })],
  ['the history', KNOWN, (who, id) => deviceHistory(app.services, who, refOf(id), { days: 1 })],
  ['what came before', KNOWN, (who, id) => whatCameBefore(app.services, who, refOf(id))],
  ['the comparison', KNOWN, (who, id) => compareDevices(app.services, who, { left: id, right: '1002' })],
  [
    'a link in a search',
    KNOWN,
    (who, id) =>
      search(app.services, callerOf(who), { text: `${HOME}/devices/union/${id}`, ownOrigin: HOME }),
  ],
  ['a search', KNOWN, (who, id) => search(app.services, callerOf(who), { text: id, ownOrigin: HOME })],
  [
    'a search for one without a device id',
    ALONE,
    (who, id) => search(app.services, callerOf(who), { text: id, ownOrigin: HOME }),
  ],
  [
    'the list',
    KNOWN,
    (who, id) =>
      listFleet(app.services, callerOf(who), {
        question: { ...EVERY_DEVICE, q: id },
        page: { cursor: null, limit: 9 },
      }),
  ],
  [
    'labels',
    ALONE,
    (who, id) =>
      listLabels(app.services, callerOf(who), { devices: [`union ${id}`], question: EVERY_DEVICE }),
  ],
  [
    'pins',
    ALONE,
    async (who, id) => {
      const pin = { kind: 'device', key: `union ${id}` } as const;
      await setPin(app.services, who, { ...pin, pinned: true });
      const { devices } = await getPinsAndRecents(app.services, who);
      await setPin(app.services, who, { ...pin, pinned: false });
      return devices;
    },
  ],
  [
    'the checklist',
    KNOWN,
    (who, id) => takeBackCheck(app.services, callerOf(who), { ref: refOf(id), ...check }),
  ],
  [
    'the checklist’s answers',
    KNOWN,
    (who, id) => recordCheck(app.services, callerOf(who), { ref: refOf(id), ...check }),
  ],
  ['a similar device', KNOWN, (who, id) => findComparableDevice(app.services, who, refOf(id))],
];

/** The content of an answer or refusal without its IDs and times. */
const said = (asked: Promise<unknown>, id: string) =>
  asked
    .then(
      (answer) =>
        JSON.stringify(answer, (key, value) => (/(At|Ms|at|against|from|to)$/.test(key) ? 0 : value)),
      (error) => {
        if (typeof error.reason !== 'string') throw error;
        return error.reason as string;
      },
    )
    .then((text) => text.replaceAll(id, 'the id'));

describe.each(WAYS)('%s', (_way, id, ask) => {
  test('answers a viewer the same for a known and an unknown union ID', async () => {
    const who = as('viewer');
    expect(await said(ask(who, id), id)).toBe(await said(ask(who, UNKNOWN), UNKNOWN));
  });

  test('answers support more, who may see union IDs', async () => {
    const who = as('support');
    expect(await said(ask(who, id), id)).not.toBe(await said(ask(who, UNKNOWN), UNKNOWN));
  });
});
