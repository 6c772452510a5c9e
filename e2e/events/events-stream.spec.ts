import { expect, test } from '../support/desk.ts';
import { eventStories } from '../support/event-tests.ts';
import { told } from '../support/events.ts';

test.use({ appOptions: told('stream') });

eventStories('stream');

test('a desk that takes no callbacks says so', async ({ app, request }) => {
  const answer = await request.post(`${app.url}/api/dingtalk/events`, { data: {} });
  expect(answer.status()).toBe(403);
  expect(await answer.json()).toMatchObject({ reason: 'not-permitted.callback-off' });
});
