import { expect, test } from '../support/app.ts';
import { KNOWING, type Page, serviceOf, untilFound, wholeList } from '../support/inventory.ts';
import { problemTexts } from '../support/texts.ts';

test.use({ appOptions: KNOWING });
test.beforeAll(async ({ api }) => void (await untilFound(await api('admin'))));

type Room = {
  id: string;
  name: string;
  group: { id: string; name: string } | null;
  path: string[];
  state: string | null;
  devices: { deviceId: string; status: { state: string } }[];
};
type Group = { id: string; name: string; parentId: string | null; rooms: number; devices: number };
type Rooms = Page<Room> & {
  devicesWithoutRoom: number;
  facets: { status: { value: string; count: number }[]; condition: { value: string; count: number }[] };
};

test('lists each room once, with its devices and its path in the tree', async ({ api }) => {
  const viewer = await api('viewer');
  const { rooms: known } = (await serviceOf(await api('admin'))).inventory;
  for (const sort of ['name', '-name', 'status', 'capacity', '-devices', 'seen']) {
    const rooms = await wholeList<Room>(viewer, `/api/v1/rooms?sort=${sort}&limit=60`);
    expect(new Set(rooms.map(({ id }) => id)).size, sort).toBe(known);
    expect(rooms).toHaveLength(known);
  }
  const page = (await (await viewer.get('/api/v1/rooms?limit=1')).json()) as Rooms;
  expect(Object.keys(page).sort()).toEqual(
    ['devicesWithoutRoom', 'facets', 'items', 'known', 'nextCursor', 'total'].sort(),
  );
  const { total } = await (await viewer.get('/api/v1/devices?room=(without)')).json();
  expect(page.devicesWithoutRoom).toBe(total);
});

test('the tree counts what the lists below it hold', async ({ api }) => {
  const viewer = await api('viewer');
  const tree = (await (await viewer.get('/api/v1/room-groups')).json()) as {
    items: Group[];
    all: { rooms: number };
    ungrouped: { rooms: number };
  };
  const ids = new Set(tree.items.map(({ id }) => id));
  for (const { parentId } of tree.items) expect(parentId === null || ids.has(parentId)).toBe(true);
  for (const { id, rooms } of tree.items.slice(0, 8)) {
    const below = await wholeList<Room>(viewer, `/api/v1/rooms?group=${id}&limit=200`);
    expect(below).toHaveLength(rooms);
    const names = new Set(below.map(({ path }) => path.join('/')));
    const own = tree.items.find((group) => group.id === id);
    for (const path of names) expect(path.split('/')).toContain(own?.name);
  }
  const loose = await wholeList<Room>(viewer, '/api/v1/rooms?group=(without)');
  expect(loose).toHaveLength(tree.ungrouped.rooms);
  const tops = tree.items.filter(({ parentId }) => parentId === null);
  const sum = tops.reduce((total, { rooms }) => total + rooms, tree.ungrouped.rooms);
  expect(sum, 'no room is lost').toBe(tree.all.rooms);
});

test('filters rooms by status, by missing devices and by words', async ({ api }) => {
  const viewer = await api('viewer');
  const whole = (await (await viewer.get('/api/v1/rooms?limit=1')).json()) as Rooms;
  for (const { value, count } of whole.facets.status) {
    const rooms = await wholeList<Room>(viewer, `/api/v1/rooms?status=${value}&limit=200`);
    expect(rooms, value).toHaveLength(count);
    for (const { devices } of rooms) expect(devices.map(({ status }) => status.state)).toContain(value);
  }
  for (const { value, count } of whole.facets.condition) {
    const rooms = await wholeList<Room>(viewer, `/api/v1/rooms?condition=${value}&limit=200`);
    expect(rooms, value).toHaveLength(count);
    if (value === 'without-device') for (const { devices } of rooms) expect(devices).toEqual([]);
  }
  const named = await wholeList<Room>(viewer, '/api/v1/rooms?q=test%20meeting');
  expect(named.map(({ id }) => id)).toContain('7263xxxxx');
});

test('a room has the members of its list row and more; an unknown one is not found', async ({ api, app }) => {
  const viewer = await api('viewer');
  const { roomId, deviceId } = await app.scenario('wired');
  const response = await viewer.get(`/api/v1/rooms/${roomId}`);
  expect(response.status()).toBe(200);
  const { room } = await response.json();
  expect(room).toMatchObject({ id: roomId, ageMs: expect.any(Number), unknownFields: null });
  expect(room.devices.map((device: { deviceId: string }) => device.deviceId)).toContain(deviceId);
  expect(room.groupPath.map(({ name }: { name: string }) => name)).toEqual(room.path);
  for (const id of ['nobody-knows', 'a%2Fb', '%20']) {
    const missing = await viewer.get(`/api/v1/rooms/${id}`);
    expect(missing.status(), id).toBe(404);
    expect(await missing.json()).toMatchObject({
      code: 'room-not-found',
      ...problemTexts('room-not-found.room'),
    });
  }
  const long = await viewer.get(`/api/v1/rooms/${'x'.repeat(300)}`);
  expect(long.status()).toBe(400);
});

test('pins belong to one person and go when they are removed', async ({ api, app }) => {
  const [viewer, support] = await Promise.all([api('viewer'), api('support')]);
  const { roomId } = await app.scenario('wired');
  const device = { kind: 'device', key: '1234' };
  const room = { kind: 'room', key: roomId };
  for (const data of [device, device, room]) {
    const response = await viewer.put('/api/v1/pins', { data });
    expect(response.status()).toBe(204);
    expect(await response.text()).toBe('');
  }
  const hand = await (await viewer.get('/api/v1/at-hand')).json();
  expect(hand.devices.map(({ deviceId }: { deviceId: string }) => deviceId)).toEqual(['1234']);
  expect(hand.rooms.map(({ id }: { id: string }) => id)).toEqual([roomId]);
  const others = await (await support.get('/api/v1/at-hand')).json();
  expect(others).toMatchObject({ devices: [], rooms: [] });
  for (const data of [device, room, room]) {
    expect((await viewer.delete('/api/v1/pins', { data })).status()).toBe(204);
  }
  expect(await (await viewer.get('/api/v1/at-hand')).json()).toMatchObject({ devices: [], rooms: [] });
  for (const data of [{}, { kind: 'person', key: '1' }, { ...device, more: 1 }, { kind: 'room', key: '' }]) {
    expect((await viewer.put('/api/v1/pins', { data })).status(), JSON.stringify(data)).toBe(400);
  }
});

test('saves a view under its name, replaces it by its name, and accepts only pages of Rooms Desk', async ({
  api,
}) => {
  const [viewer, support] = await Promise.all([api('viewer'), api('support')]);
  const path = '/devices?status=offline&sort=-since';
  const first = await viewer.post('/api/v1/views', { data: { name: ' Offline 离线 ', path } });
  expect(first.status()).toBe(201);
  expect(await first.json()).toMatchObject({ name: 'Offline 离线', path, at: expect.stringMatching(/Z$/) });
  const again = await viewer.post('/api/v1/views', { data: { name: 'Offline 离线', path: '/rooms?q=1' } });
  const { id } = await again.json();
  const views = async (person: typeof viewer) =>
    ((await (await person.get('/api/v1/at-hand')).json()) as { views: { id: string; path: string }[] }).views;
  expect(await views(viewer)).toEqual([expect.objectContaining({ path: '/rooms?q=1' })]);
  expect(await views(support)).toEqual([]);

  const foreign = ['https://example.com/devices', '//example.com', '/\\example.com', '/devices/../service'];
  for (const bad of [...foreign, '/admin', 'javascript:alert(1)', '/devices?a#b', '']) {
    const response = await viewer.post('/api/v1/views', { data: { name: 'x', path: bad } });
    expect(response.status(), bad).toBe(400);
  }
  for (const name of ['', '   ', 'x'.repeat(81)]) {
    expect((await viewer.post('/api/v1/views', { data: { name, path } })).status(), name).toBe(400);
  }
  expect((await support.delete(`/api/v1/views/${id}`)).status()).toBe(204);
  expect(await views(viewer), 'nobody else can remove it').toHaveLength(1);
  expect((await viewer.delete(`/api/v1/views/${id}`)).status()).toBe(204);
  expect(await views(viewer)).toEqual([]);
  expect((await viewer.delete('/api/v1/views/not-an-id')).status()).toBe(400);
});

test('refuses an invalid body and one that is too long', async ({ api }) => {
  const viewer = await api('viewer');
  const send = (data: string) =>
    viewer.post('/api/v1/search', { data, headers: { 'content-type': 'application/json' } });
  for (const body of ['{', '[]', '"text"', 'null', `{"q":"${'x'.repeat(200_000)}"}`]) {
    const response = await send(body);
    expect(response.status(), body.slice(0, 20)).toBe(400);
    expect(await response.json()).toMatchObject({ reason: 'invalid-question.body' });
  }
  expect((await send('{"q":"1234"}')).status()).toBe(200);
});
