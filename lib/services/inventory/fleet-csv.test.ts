import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EVERY_DEVICE } from '#lib/domain/inventory/fleet-filter.ts';
import { csvResponse } from '#lib/http/csv-response.ts';
import { type App, callerOf, openApp, person } from '#lib/testing/app.ts';
import { room } from '#lib/testing/fleet.ts';
import { HIDDEN, recordKnownWorld } from '#lib/testing/known-world.ts';
import { controller, reading } from '#lib/testing/reading.ts';
import { fleetCsv } from './fleet-csv.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());
beforeEach(() => app.reset());

const exported = async (as = person('admin'), question = EVERY_DEVICE) =>
  (
    await csvResponse(fleetCsv(app.services, callerOf(as), question), {
      requestId: 'r',
      name: 'devices',
    })
  ).text();

/** RFC 4180 to the letter, written apart from the writer. */
function parsed(text: string): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
      field.lastIndex = at;
      const match = field.exec(text);
      if (!match?.[2]) throw new Error(`No field at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
      const cell = match[1] as string;
      record.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
      at = field.lastIndex;
      if (match[2] !== ',') break;
    }
    records.push(record);
  }
  return records;
}

const recordReading = (deviceId: string, said: object) =>
  app.services.store.recordReading(
    { by: 'deviceId', id: deviceId },
    reading({ device: { deviceId, unionId: null, ...said } }),
  );

describe('the device list as CSV', () => {
  test('has a byte order mark, a header and a line for each matching device', async () => {
    await recordKnownWorld(app.services.store, app.clock.now() - 60_000);
    const bytes = new Uint8Array(
      await (
        await csvResponse(fleetCsv(app.services, callerOf(person('admin')), EVERY_DEVICE), {
          requestId: 'r',
          name: 'x',
        })
      ).arrayBuffer(),
    );
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head, ...records] = parsed(await exported());
    expect(records).toHaveLength(4);
    const wall = Object.fromEntries(
      (head ?? []).map((name, index) => [name, records.find(([id]) => id === '1001')?.[index]]),
    );
    expect(wall).toMatchObject({
      name: 'Wall screen',
      room: '大会议室',
      group: 'Floor 3',
      ip: '10.0.0.1',
      controllers: 'Panel: idle',
    });
    const offline = { ...EVERY_DEVICE, facets: { ...EVERY_DEVICE.facets, status: ['offline'] } };
    expect(parsed(await exported(undefined, offline)).map(([id]) => id)).toEqual(['deviceId', '1002']);
  });

  test('says which statuses are current, and filters by that', async () => {
    await recordKnownWorld(app.services.store, app.clock.now());
    const listed = async (status: string) => {
      const facets = { ...EVERY_DEVICE.facets, status: [status] };
      const [head = [], ...records] = parsed(await exported(undefined, { ...EVERY_DEVICE, facets }));
      const columns = ['deviceId', 'status', 'statusCurrent'].map((name) => head.indexOf(name));
      return records.map((record) => columns.map((column) => record[column]));
    };
    expect(await listed('offline')).toEqual([['1002', 'offline', 'true']]);
    app.clock.pass(4 * 3_600_000);
    expect(await listed('offline')).toEqual([]);
    expect(await listed('last-known')).toEqual([['1002', 'offline', 'false']]);
  });

  test('writes any name on one line as text', async () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc
        .array(fc.constantFrom('"', ',', '\r\n', '\n', '=', '+', '-', '@', '\t', ' ', 'a', '会', ';', '＝'))
        .map((parts) => parts.join('')),
    );
    const names = fc.sample(odd, 300);
    for (const [index, name] of names.entries()) await recordReading(`${index}`, { name });
    const text = await exported();
    const records = new Map(parsed(text).map((record) => [record[0], record]));
    expect(records.size).toBe(301);
    for (const [index, name] of names.entries()) {
      const stored = (await app.services.store.devicesByKeys([`${index}`]))[0]?.name ?? '';
      const cell = records.get(`${index}`)?.[2] ?? '';
      const plain = stored.replace(/\p{Cc}+/gu, ' ').trim();
      expect([plain, `'${plain}`], JSON.stringify(name)).toContain(cell);
      expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|[\r\n\t]/u);
    }
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1+1', ' =1+1', '\r=1', '＝1+1', '\u3000=1'])(
    'makes text of %j',
    async (name) => {
      await recordReading('1', { name });
      expect(parsed(await exported())[1]?.[2]).toMatch(/^'/);
    },
  );

  test('names a controller without a name by its ID', async () => {
    await recordReading('1', { controllers: [controller({ deviceId: '2' }), controller()] });
    expect(await exported()).toContain('2: idle; : idle');
    expect(await exported()).not.toContain('null');
  });

  test('is complete however many devices there are', async () => {
    const { run } = await app.services.store.startDiscovery({
      id: 'run',
      depth: 'full',
      startedBy: null,
      at: 1,
    });
    const deviceUnionIds = Array.from({ length: 2_500 }, (_, index) => `u${index}`);
    await app.services.store.recordRoomDetail(run.id, room({ id: 'r', deviceUnionIds }), 1);
    const records = parsed(await exported());
    expect(new Set(records.map((record) => record[1])).size).toBe(2_501);
    expect(records).toHaveLength(2_501);
  });

  test('contains no secret, and is refused for a viewer', async () => {
    await recordKnownWorld(app.services.store, 1_000);
    for (const role of ['support', 'admin'] as const) {
      const text = await exported(person(role));
      for (const secret of ['839201', 'a@sip.example', '55501']) expect(text).not.toContain(secret);
      expect(text).toContain('SN-0001');
    }
    expect(HIDDEN).toContain('839201');
    await expect(exported(person('viewer'))).rejects.toMatchObject({ reason: 'not-permitted.role' });
  });
});
