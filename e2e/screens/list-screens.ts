import type { Page } from '@playwright/test';
import { expect } from '../support/app.ts';
import { pressUntilFocused } from '../support/by-keyboard.ts';
import { wholeList } from '../support/inventory.ts';
import type { Screen } from './screen.ts';

const FLEET = /\/api\/v1\/devices(\?|$)/;
const ROOMS = /\/api\/v1\/rooms(\?|$)/;

const row = (page: Page) => page.getByRole('table').getByRole('rowheader').first();

/** Selects a status in the list of statuses, in any language. */
const choose = (page: Page, status: string) =>
  page.getByRole('main').locator(`nav a[href*="status=${status}"]`).first().click();

/** Lists, tree and search with a complete inventory, in each state that a person sees. */
export const LIST_SCREENS: readonly Screen[] = [
  {
    name: 'devices',
    as: 'support',
    open: async (page) => {
      await page.goto('/devices');
      await row(page).waitFor();
    },
  },
  {
    name: 'devices with a filter, for a viewer',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/devices?status=offline&status=ringing&network=wired&q=5&sort=-since');
      await row(page).waitFor();
    },
  },
  {
    name: 'devices with one issue and shared attributes',
    as: 'support',
    open: async (page) => {
      await page.goto('/devices?issue=offline');
      await page.getByRole('region', { name: /^(What they have in common|它们的共同点)$/ }).waitFor();
    },
  },
  {
    name: 'devices with views open',
    as: 'support',
    open: async (page) => {
      await page.goto('/devices?status=whiteboard');
      await row(page).waitFor();
      await page.getByRole('main').getByRole('group').first().locator('summary').click();
    },
  },
  {
    name: 'devices without matches',
    as: 'support',
    open: async (page) => {
      await page.goto('/devices?q=nothing+is+called+like+this');
      await expect(page.getByRole('table')).toHaveCount(0);
    },
  },
  {
    name: 'devices with an error',
    as: 'support',
    open: async (page) => {
      await page.goto('/devices');
      await row(page).waitFor();
      await page.route(FLEET, (route) => route.abort());
      await choose(page, 'casting');
      await expect(page.locator('[data-problem]').first()).toBeVisible({ timeout: 15_000 });
    },
  },
  {
    name: 'rooms',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/rooms');
      await row(page).waitFor();
    },
  },
  {
    name: 'rooms of a group with a filter',
    as: 'support',
    open: async (page) => {
      const { items } = await (await page.request.get('/api/v1/room-groups')).json();
      const leaf = items.find(({ name }: { name: string }) => /^\d+F$/.test(name));
      await page.goto(`/rooms?group=${leaf.id}&status=idle&sort=-capacity`);
      await row(page).waitFor();
    },
  },
  {
    name: 'rooms without matches',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/rooms?q=nothing+is+called+like+this');
      await expect(page.getByRole('table')).toHaveCount(0);
    },
  },
  {
    name: 'rooms with an error',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/rooms');
      await row(page).waitFor();
      await page.route(ROOMS, (route) => route.abort());
      await choose(page, 'casting');
      await expect(page.locator('[data-problem]').first()).toBeVisible({ timeout: 15_000 });
    },
  },
  {
    name: 'room',
    as: 'support',
    open: async (page, app) => {
      await page.goto(`/rooms/${(await app.scenario('wrongRoomController')).roomId}`);
      await page.getByRole('article').waitFor();
    },
  },
  {
    name: 'unknown room',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/rooms/nobody-knows');
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  },
  {
    name: 'wallboard with a complete inventory',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/wallboard');
      await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'room with a note',
    as: 'support',
    open: async (page, app) => {
      const { roomId } = await app.scenario('wrongRoomController');
      const data = { kind: 'room', key: roomId, text: 'The key is at reception.' };
      expect(
        (await page.request.post('/api/v1/notes', { data, headers: { origin: app.url } })).status(),
      ).toBe(201);
      await page.goto(`/rooms/${roomId}`);
      await expect(page.getByText(data.text).first()).toBeVisible();
    },
  },
  {
    name: 'search with a ticket in it',
    as: 'support',
    open: async (page) => {
      const devices = await wholeList<{ deviceId: string; serial: string }>(
        page.request,
        '/api/v1/devices?status=whiteboard',
      );
      const ticket = devices.slice(0, 3).map(({ serial }) => `Serial ${serial}: black screen`);
      // The page under the search is short, because axe checks all of it.
      await page.goto('/rooms?q=nothing+is+called+like+this');
      await page.getByRole('heading', { level: 1 }).waitFor();
      const box = page.getByRole('dialog').getByRole('textbox');
      await pressUntilFocused(page, 'Control+k', box);
      await box.fill([...ticket, 'device id: 99887766'].join('\n'));
      await expect(page.getByRole('option').nth(3)).toBeVisible();
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'admin page with a complete inventory',
    as: 'admin',
    open: async (page) => {
      await page.goto('/admin');
      await page.getByRole('progressbar').first().waitFor();
    },
  },
];
