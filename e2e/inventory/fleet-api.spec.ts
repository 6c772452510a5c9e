import { expect, test } from '../support/app.ts';
import { KNOWING, type Page, serviceOf, untilFound, wholeList } from '../support/inventory.ts';
import { problemTexts } from '../support/texts.ts';

test.use({ appOptions: KNOWING });
test.beforeAll(async ({ api }) => void (await untilFound(await api('admin'))));

type Row = {
  deviceId: string;
  name: string | null;
  model: string | null;
  firmware: string | null;
  status: { state: string; raw: string | null };
  room: { id: string; name: string | null } | null;
  group: { id: string; name: string | null } | null;
  network: { type: string | null };
  observedAt: string;
  ageMs: number;
};
type Fleet = Page<Row> & {
  facets: Record<string, { value: string | null; count: number; label?: string }[]>;
};

const FIELDS = [
  'ageMs',
  'controllers',
  'deviceId',
  'eventAt',
  'firmware',
  'group',
  'issueSince',
  'issues',
  'key',
  'kind',
  'mac',
  'model',
  'name',
  'network',
  'nextCheck',
  'observedAt',
  'removedAt',
  'room',
  'serial',
  'software',
  'source',
  'stateSince',
  'status',
  'unionId',
];

test('a list has every described member, as JSON that no cache keeps', async ({ api, app }) => {
  await app.simulator.control('DELETE', '/calls');
  const response = await (await api('support')).get('/api/v1/devices?limit=3');
  expect(response.headers()).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'private, no-store',
  });
  const fleet = (await response.json()) as Fleet;
  expect(Object.keys(fleet).sort()).toEqual(['facets', 'items', 'known', 'nextCursor', 'total']);
  expect(Object.keys(fleet.facets)).toEqual([
    'status',
    'model',
    'firmware',
    'software',
    'network',
    'group',
    'issue',
  ]);
  expect(fleet.items).toHaveLength(3);
  for (const row of fleet.items) {
    expect(Object.keys(row).sort()).toEqual(FIELDS);
    expect(row.observedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(row.ageMs).toBeGreaterThanOrEqual(0);
  }
  expect(await app.calls(), 'lists make no call').toBe(0);
});

test('its pages hold each of 500 devices once, for every order and page size', async ({ api }) => {
  const support = await api('support');
  const { devices } = (await serviceOf(await api('admin'))).inventory;
  expect(devices).toBeGreaterThan(500);
  const orders = ['name', '-name', 'room', 'status', '-model', 'firmware', 'software', 'seen', '-since'];
  let ids: string[] | undefined;
  for (const [at, sort] of orders.entries()) {
    const rows = await wholeList<Row>(support, `/api/v1/devices?sort=${sort}&limit=${[50, 77, 200][at % 3]}`);
    const found = rows.map(({ deviceId }) => deviceId).sort();
    expect(new Set(found).size, sort).toBe(devices);
    ids ??= found;
    expect(found).toEqual(ids);
  }
});

test('sorts a list as asked, and descending with a minus', async ({ api }) => {
  const support = await api('support');
  const { compare } = new Intl.Collator('zh', { numeric: true });
  const sorted = async (sort: string, value: (row: Row) => string | null) =>
    (await wholeList<Row>(support, `/api/v1/devices?sort=${sort}&limit=200`)).map(value);
  for (const [name, value] of [
    ['name', (row: Row) => row.name],
    ['model', (row: Row) => row.model],
    ['firmware', (row: Row) => row.firmware],
    ['seen', (row: Row) => row.observedAt],
  ] as const) {
    const up = (await sorted(name, value)).filter((each) => each !== null);
    expect(up, name).toEqual([...up].sort(compare));
    const down = (await sorted(`-${name}`, value)).filter((each) => each !== null);
    expect(down, `-${name}`).toEqual([...down].sort((a, b) => compare(b, a)));
  }
});

test('each filter narrows the list, several values of one widen it, and counts predict the result', async ({
  api,
}) => {
  const support = await api('support');
  const whole = (await (await support.get('/api/v1/devices?limit=1')).json()) as Fleet;
  const readers: Record<string, (row: Row) => string | null> = {
    status: ({ status }) => status.state,
    model: ({ model }) => model,
    firmware: ({ firmware }) => firmware,
    network: ({ network }) => network.type,
  };
  for (const [facet, read] of Object.entries(readers)) {
    const counts = whole.facets[facet] ?? [];
    const said = counts.map(({ value, count }) => [facet, value ?? '(none)', count] as const);
    expect(said.length, facet).toBeGreaterThan(0);
    for (const [, value, count] of said.slice(0, 3)) {
      const query = `/api/v1/devices?${new URLSearchParams([[facet, value]])}&limit=200`;
      const rows = await wholeList<Row>(support, query);
      expect(rows, query).toHaveLength(count);
      expect(new Set(rows.map((row) => read(row) ?? '(none)'))).toEqual(new Set([value]));
    }
    const [one, two] = said;
    if (!one || !two) continue;
    const both = new URLSearchParams([one, two].map(([name, value]): [string, string] => [name, value]));
    const { total } = (await (await support.get(`/api/v1/devices?${both}`)).json()) as Fleet;
    expect(total).toBe(one[2] + two[2]);
  }
  const sum = (whole.facets.status ?? []).reduce((total, { count }) => total + count, 0);
  expect(sum).toBe(whole.total);
});

test('filters a list by room, by group with its subgroups, and by words', async ({ api }) => {
  const support = await api('support');
  const rows = await wholeList<Row>(support, '/api/v1/devices?limit=200');
  const sample = rows.find(({ deviceId }) => deviceId === '1234');
  const room = rows.find(({ group }) => group !== null);
  const inRoom = await wholeList<Row>(support, `/api/v1/devices?room=${room?.room?.id}`);
  expect(inRoom).toEqual(expect.arrayContaining([expect.objectContaining({ deviceId: room?.deviceId })]));
  expect(new Set(inRoom.map((row) => row.room?.id))).toEqual(new Set([room?.room?.id]));
  const without = await wholeList<Row>(support, '/api/v1/devices?room=(without)');
  expect(without.map(({ deviceId }) => deviceId).sort()).toEqual(
    rows.flatMap((row) => (row.room === null ? row.deviceId : [])).sort(),
  );

  const groups = (await (await support.get('/api/v1/room-groups')).json()) as {
    items: { id: string; parentId: string | null; devices: number }[];
  };
  for (const { id, devices } of groups.items.slice(0, 5)) {
    const { total } = (await (await support.get(`/api/v1/devices?group=${id}`)).json()) as Fleet;
    expect(total, 'as the tree counts').toBe(devices);
  }
  const named = (await (await support.get('/api/v1/devices?q=dingtalk%20device_xxxx')).json()) as Fleet;
  expect(named.items.map(({ deviceId }) => deviceId)).toEqual([sample?.deviceId]);
});

test('refuses an invalid filter instead of ignoring it', async ({ api }) => {
  const support = await api('support');
  const bad: [path: string, parameter: string][] = [
    ['/api/v1/devices?staus=idle', 'staus'],
    ['/api/v1/devices?status=idel', 'status'],
    ['/api/v1/devices?status=idle&status=idel', 'status'],
    ['/api/v1/devices?sort=colour', 'sort'],
    ['/api/v1/devices?limit=0', 'limit'],
    ['/api/v1/devices?limit=201', 'limit'],
    ['/api/v1/devices?limit=ten', 'limit'],
    ['/api/v1/devices?cursor=made-up', 'cursor'],
    ['/api/v1/devices?cursor=bnVsbA', 'cursor'],
    ['/api/v1/devices?q=a&q=b', 'q'],
    ['/api/v1/devices?room=a&room=b', 'room'],
    ['/api/v1/devices.csv?limit=10', 'limit'],
    ['/api/v1/devices.csv?status=idel', 'status'],
    ['/api/v1/devices/1234/history?days=many', 'days'],
    ['/api/v1/devices/common?issue=banana', 'issue'],
    ['/api/v1/rooms?condition=nice', 'condition'],
    ['/api/v1/rooms?sort=colour', 'sort'],
    ['/api/v1/rooms?cursor=made-up', 'cursor'],
    ['/api/v1/room-groups?q=1', 'q'],
    ['/api/v1/search', 'q'],
    ['/api/v1/search?text=1&q=1', 'text'],
    ['/api/v1/at-hand?who=me', 'who'],
    [`/api/v1/rooms?${'x'.repeat(5_000)}=1`, 'x'.repeat(100)],
  ];
  for (const [path, parameter] of bad) {
    const response = await support.get(path);
    expect(response.status(), path).toBe(400);
    expect(response.headers()['content-type']).toContain('application/problem+json');
    expect(await response.json(), path).toMatchObject({
      status: 400,
      code: 'invalid-question',
      parameter,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ...problemTexts('invalid-question.parameter'),
    });
  }
  const member = await support.put('/api/v1/pins', { data: { kind: 'panel', key: 'x' } });
  expect(await member.json()).toMatchObject({ reason: 'invalid-question.parameter', parameter: 'kind' });
  const long = await support.post('/api/v1/search', { data: { q: 'x'.repeat(20_001) } });
  expect(long.status()).toBe(400);
});

test('a cursor continues at its position while the list changes', async ({ api, app }) => {
  const support = await api('support');
  const first = (await (await support.get('/api/v1/devices?sort=status&limit=200')).json()) as Fleet;
  const idle = await wholeList<Row>(support, '/api/v1/devices?status=idle&limit=200');
  const moved = idle.at(-1)?.deviceId ?? '';
  const raw = await app.simulator.control<{ deviceStatus: string }>('GET', `/devices/${moved}`);
  await app.simulator.control('PATCH', `/devices/${moved}`, { deviceStatus: 'offline' });
  await support.get(`/api/v1/devices/query?deviceId=${moved}&fresh=true`);
  expect(first.nextCursor).not.toBeNull();
  const rest = await wholeList<Row>(support, '/api/v1/devices?sort=status&limit=200', first.nextCursor);
  const seen = [...first.items, ...rest].map(({ deviceId }) => deviceId);
  expect(new Set(seen).size, 'nothing twice').toBe(seen.length);
  // Most severe first: the device that went offline moved up, before the end of the first page.
  expect(first.total - seen.length, 'nothing is left out but what moved').toBeLessThanOrEqual(1);
  await app.simulator.control('PATCH', `/devices/${moved}`, { deviceStatus: raw.deviceStatus });
  await support.get(`/api/v1/devices/query?deviceId=${moved}&fresh=true`);
});
