import type { APIRequestContext } from '@playwright/test';
import { type App, expect } from '../support/app.ts';
import type { Screen } from './screen.ts';

/** Creates one of everything that the alerts page shows; once for a server. */
async function prepareAlerts(request: APIRequestContext, { simulator, url: origin }: App): Promise<void> {
  const { channels } = await (await request.get('/api/v1/alerts')).json();
  if (channels.length > 0) return;
  const post = async (path: string, data: object) => {
    const answer = await request.post(`/api/v1/alerts/${path}`, { data, headers: { origin } });
    expect(answer.ok(), path).toBe(true);
    return answer.json();
  };
  const url = `${simulator.origin}/robot/send?access_token=simulatedrobot`;
  const { channelId } = await post('channels', {
    kind: 'robot',
    name: 'Beeper of 12F',
    locale: 'zh',
    zone: 'Asia/Shanghai',
    url,
  });
  await post(`channels/${channelId}/test`, {});
  await post('rules', {
    name: 'R1 12F',
    on: true,
    which: { least: 'critical' },
    scope: { everything: true },
    raiseAfterSeconds: 300,
    resolveAfterSeconds: 120,
    channelIds: [channelId],
  });
  await post('silences', {
    scope: { everything: false, devices: ['1234'] },
    codes: ['offline'],
    reason: 'R2 12F',
    when: { kind: 'weekly', days: [6, 7], from: '22:00', to: '06:00', zone: 'Asia/Shanghai' },
  });
}

/** The page on which admins configure notifications. */
export const ALERT_SCREENS: readonly Screen[] = [
  {
    name: 'alerts with a channel, a rule, a silence and notifications',
    as: 'admin',
    open: async (page, app) => {
      await prepareAlerts(page.request, app);
      await page.goto('/alerts');
      await expect(page.getByRole('main').locator('ol').getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'alerts with the forms of a rule and a silence',
    as: 'admin',
    open: async (page, app) => {
      await prepareAlerts(page.request, app);
      await page.goto('/alerts');
      const parts = page.getByRole('main').locator('section');
      await parts.nth(1).locator('> div > div > button').last().click();
      await parts.nth(1).locator('form select').first().selectOption('chosen');
      await parts.nth(3).locator('> div > button').click();
      await parts.nth(3).locator('form select').last().selectOption('weekly');
      await expect(page.locator('form input[type=time]')).toHaveCount(2);
    },
  },
];
