import { expect, test } from '../support/app.ts';
import { eventTests } from '../support/event-tests.ts';
import { eventOptions } from '../support/events.ts';

test.use({ appOptions: eventOptions('stream') });

eventTests('stream');

test('refuses callbacks when they are not configured', async ({ app, request }) => {
  const answer = await request.post(`${app.url}/api/dingtalk/events`, { data: {} });
  expect(answer.status()).toBe(403);
  expect(await answer.json()).toMatchObject({ reason: 'not-permitted.callback-off' });
});
