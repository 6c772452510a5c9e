import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { openTransport, type Transport, untilAcknowledged } from './events.ts';
import { untilFound, wholeList } from './inventory.ts';
import { en } from './texts.ts';

type Event = { eventId: string; type: string; deviceId: string | null; outcome: string; transport: string };

const open = async (page: Page, path: string) => {
  const listening = page.waitForResponse('**/api/v1/live*');
  await page.goto(path);
  await listening;
};

/** Tests for both event transports. A file for each transport calls this, because each needs a server of its own. */
export function eventTests(transport: Transport): void {
  test.beforeAll(async ({ api, app }) => {
    await untilFound(await api('admin'));
    await openTransport(app, transport);
  });
  test.beforeEach(async ({ app }) => {
    await app.simulator.control('DELETE', '/events');
    await app.simulator.control('PUT', '/events/hostility', { duplicates: 1, shuffle: 0, forge: null });
  });

  test('an offline alarm appears at once on the pages of the device, its room and the fleet, without a call', async ({
    page,
    context,
    app,
    enter,
    api,
  }) => {
    const { deviceId, roomId } = await app.scenario('casting');
    await (await api('support')).get(`/api/v1/devices/query?deviceId=${deviceId}`);
    await enter('support');
    const [room, fleet] = [await context.newPage(), await context.newPage()];
    await open(page, `/devices/${deviceId}`);
    await open(room, `/rooms/${roomId}`);
    await open(fleet, `/devices?q=${deviceId}`);
    await app.simulator.control('DELETE', '/calls');
    await app.simulator.control('POST', '/events', { type: 'alarm', deviceId, status: 'open' });
    await expect(
      page.getByRole('article').getByText(en.status.offline, { exact: true }).first(),
    ).toBeVisible();
    await expect(page.getByTitle(en.device.eventWhy)).toBeVisible();
    const inRoom = room.getByRole('region', { name: en.rooms.one.devices });
    await expect(inRoom.getByText(en.status.offline, { exact: true }).first()).toBeVisible();
    const inList = fleet
      .getByRole('table')
      .getByRole('row')
      .filter({ has: fleet.locator(`a[href="/devices/${deviceId}"]`) });
    await expect(inList.getByText(en.status.offline).first()).toBeVisible();
    await expect(inList, 'how old that is, not how old the last look').toContainText('(event)');
    await expect(inRoom).toContainText('(event)');
    expect(await app.calls()).toBe(0);
    const history = await (await api('support')).get(`/api/v1/devices/${deviceId}/history`);
    const { alarms } = (await history.json()) as { alarms: { rule: string; to: string | null }[] };
    expect(alarms).toMatchObject([{ rule: 'offline', to: null }]);
  });

  storedEventTests(transport);
}

function storedEventTests(transport: Transport): void {
  test('stores a repeated event once, and out of order the newest wins', async ({ app, api }) => {
    const { deviceId } = await app.scenario('wired');
    const { simulator } = app;
    await simulator.control('PUT', '/events/hostility', { duplicates: 3, shuffle: 6 });
    const from = Date.now();
    const statuses = ['conf_incoming', 'conf_running', 'projection', 'white_board', 'idle', 'projection'];
    for (const [index, status] of statuses.entries()) {
      const properties = { dev_app_status: status };
      await simulator.control('POST', '/events', {
        type: 'property',
        deviceId,
        at: from + index,
        properties,
      });
    }
    await untilAcknowledged(simulator, 3 * statuses.length);
    const support = await api('support');
    const events = await wholeList<Event>(support, `/api/v1/events?device=${deviceId}`);
    const recent = events.slice(0, statuses.length);
    expect(new Set(recent.map(({ eventId }) => eventId)).size).toBe(statuses.length);
    expect(recent.every((event) => event.transport === transport)).toBe(true);
    const known = await (await support.get(`/api/v1/devices/${deviceId}`)).json();
    expect(known.device.status.state).toBe('casting');
    const history = await (await support.get(`/api/v1/devices/${deviceId}/history`)).json();
    // The window ends now; the transport is open, so the newest status has lasted until then.
    expect(history.spans.at(-1)).toMatchObject({ state: 'casting', source: 'event' });
  });
  test('keeps and shows an unknown event, and an event about an unknown device starts a query', async ({
    app,
    api,
  }) => {
    const { simulator } = app;
    await simulator.control('POST', '/events', {
      type: 'unknown',
      eventType: 'something_new',
      eventId: 'new-1',
    });
    await simulator.control('POST', '/events', { type: 'alarm', deviceId: '31415926', eventId: 'new-2' });
    await untilAcknowledged(simulator, 2);
    const events = await wholeList<Event>(await api('support'), '/api/v1/events?limit=50');
    const outcome = (id: string) => events.find(({ eventId }) => eventId === id);
    expect(outcome('new-1')).toMatchObject({
      outcome: 'unrecognised',
      type: 'something_new',
      deviceId: null,
    });
    expect(outcome('new-2')).toMatchObject({ outcome: 'asks', deviceId: '31415926' });
  });

  test('the admin page shows how events arrive and what they cost', async ({ page, enter }) => {
    await enter('admin');
    await page.goto('/admin');
    const part = page.getByRole('region', { name: en.admin.events.title });
    await expect(part).toContainText(en.admin.events.transport[transport]);
    if (transport === 'stream') await expect(part).toContainText(en.admin.events.state.open);
    await expect(part).toContainText(/of 3,000/);
    await expect(part.getByRole('listitem').first()).toBeVisible();
  });
}
