import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import { type App, openApp, person } from '#lib/testing/app.ts';
import { reading } from '#lib/testing/reading.ts';
import { whatCameBefore } from './preceding-changes.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MIC = { camera: null, microphone: 'Mic', speaker: null, mirror: null, hdmi: null };
const NO_MIC = { ...MIC, microphone: null };
const ill = { state: 'offline', raw: 'offline' } as const;

let app: App;
let now: number;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.reset();
  now = app.clock.now();
});

/** What was read of a device, so long ago. */
async function read(
  deviceId: string,
  ago: number,
  said: Partial<Device>,
  operatorUnionId = 'simOperatorUnionId',
) {
  await app.services.store.recordReading(
    { by: 'deviceId', id: deviceId },
    reading({
      observedAt: now - ago,
      operatorUnionId,
      source: operatorUnionId === 'simOperatorUnionId' ? 'sweep' : 'look-up',
      device: {
        unionId: null,
        room: { id: 'room', name: 'Room' },
        firmware: '1.0',
        peripherals: MIC,
        ...said,
        deviceId,
      },
    }),
  );
}

const precedingChanges = (id = '1', as: Operator = person('support')) =>
  whatCameBefore(app.services, as, { by: 'deviceId', id });

describe('the preceding changes of an issue', () => {
  test('are the changes of the 24 hours before it was first seen, and not the issue itself', async () => {
    await read('1', 3 * DAY, { name: 'Old' });
    await read('1', 2 * DAY, { name: 'New' });
    await read('1', 5 * HOUR, { name: 'New', firmware: '2.0' });
    await read('1', 2 * HOUR, { name: 'New', firmware: '2.0', software: '7', peripherals: NO_MIC });
    await read('1', HOUR, { name: 'New', firmware: '3.0', software: '7', peripherals: NO_MIC });
    const answer = await precedingChanges();
    expect(answer).toMatchObject({
      issue: 'microphone-lost',
      since: new Date(now - 2 * HOUR).toISOString(),
      lastSeenAt: new Date(now - 5 * HOUR).toISOString(),
      looks: 1,
    });
    expect(answer.changes).toMatchObject([
      { field: 'software', from: null, to: '7', together: true, others: { had: 0, of: 0 } },
      { field: 'firmware', from: '1.0', to: '2.0', together: false, others: { had: 0, of: 0 } },
    ]);
  });

  test('start with those that preceded most other cases in this fleet', async () => {
    for (const [at, firmware] of ['2.0', '2.0', '2.0', '1.0'].entries()) {
      const id = `other${at}`;
      await read(id, 9 * HOUR, {});
      await read(id, 8 * HOUR, { firmware });
      await read(id, 7 * HOUR, { firmware, peripherals: NO_MIC });
      await app.services.store.recordIssues(id, ['microphone-lost'], now - 7 * HOUR);
    }
    await read('1', 6 * HOUR, {});
    await read('1', 5 * HOUR, { firmware: '2.0' });
    await read('1', 2 * HOUR, { firmware: '2.0', software: '7', peripherals: NO_MIC });
    await app.services.store.recordIssues('1', ['microphone-lost'], now - HOUR);
    const { changes, since } = await precedingChanges();
    expect(since, 'what it rests on is older than what was written of it').toBe(
      new Date(now - 2 * HOUR).toISOString(),
    );
    expect(changes).toMatchObject([
      { field: 'firmware', to: '2.0', others: { had: 3, of: 4 } },
      { field: 'software', to: '7', others: { had: 0, of: 4 } },
    ]);
  });

  test('are empty where nothing changed, with the number of checks', async () => {
    await read('1', 5 * HOUR, {});
    await read('1', 2 * HOUR, { status: ill });
    expect(await precedingChanges()).toMatchObject({ issue: 'offline', looks: 1, changes: [] });
    await read('2', 3 * DAY, {});
    await read('2', 2 * HOUR, { status: ill });
    await read('2', HOUR, { status: ill });
    expect(await precedingChanges('2')).toMatchObject({
      since: new Date(now - 2 * HOUR).toISOString(),
      lastSeenAt: new Date(now - 3 * DAY).toISOString(),
      looks: 0,
      changes: [],
    });
    await read('3', 2 * HOUR, { status: ill });
    expect(await precedingChanges('3')).toMatchObject({ looks: 0, lastSeenAt: null, changes: [] });
  });

  test('are not calculated for a device without serious issues', async () => {
    await read('1', HOUR, {});
    expect(await precedingChanges()).toMatchObject({ issue: null, changes: [] });
    await expect(precedingChanges('nobody')).rejects.toMatchObject({
      reason: 'device-not-found.not-known-yet',
    });
  });

  test('show a viewer neither a hidden value nor the number of other cases with it', async () => {
    const at = (ip: string) =>
      ({ network: { type: 'wired', ssid: null, ip, wifiMac: null, wiredMac: null } }) as const;
    await read('1', 5 * HOUR, at('10.1.1.1'));
    await read('1', 2 * HOUR, { ...at('10.1.1.2'), status: ill });
    const { changes } = await precedingChanges('1', person('viewer'));
    expect(changes).toMatchObject([{ field: 'network.ip', to: { concealed: true }, others: null }]);
    expect(JSON.stringify(changes)).not.toContain('10.1.1');
    expect((await precedingChanges()).changes).toMatchObject([{ to: '10.1.1.2', others: { had: 0, of: 0 } }]);
  });

  test('omit facts from another person’s query', async () => {
    await read('1', 5 * HOUR, {});
    await read('1', 3 * HOUR, { firmware: '2.0' }, 'somebody');
    await read('1', 2 * HOUR, { firmware: '2.0', status: ill });
    const outsider = person('support', 'unasked');
    expect((await precedingChanges('1', outsider)).changes).toEqual([]);
    expect((await precedingChanges()).changes).toHaveLength(1);
  });

  test('end for a person whom DingTalk refuses at their own last answer, whoever found facts since', async () => {
    const refused = person('support', 'refused');
    await read('1', 9 * HOUR, {});
    await read('1', 8 * HOUR, { firmware: '2.0' }, 'refused');
    await read('1', 7 * HOUR, { firmware: '2.0', status: ill }, 'refused');
    await app.services.store.recordRefusal({ by: 'deviceId', id: '1' }, 'refused', now - 6 * HOUR);
    await read('1', 5 * HOUR, { firmware: '3.0', name: 'Learnt since' });
    await read('1', 4 * HOUR, { firmware: '4.0', status: ill });
    await app.services.store.recordIssues('1', ['offline'], now - 4 * HOUR);
    const answer = await precedingChanges('1', refused);
    expect(answer.since).toBe(new Date(now - 7 * HOUR).toISOString());
    expect(answer.changes.map(({ to }) => to)).toEqual(['2.0']);
    expect(JSON.stringify(answer)).not.toContain('Learnt since');
    expect((await precedingChanges()).since).toBe(new Date(now - 4 * HOUR).toISOString());
  });
});
