import { expect, test } from './desk.ts';
import { eventStories } from './event-stories.ts';
import { told } from './events.ts';

test.use({ deskOptions: told('stream') });

eventStories('stream');

test('a desk that takes no callbacks says so', async ({ desk, request }) => {
  const answer = await request.post(`${desk.url}/api/dingtalk/events`, { data: {} });
  expect(answer.status()).toBe(403);
  expect(await answer.json()).toMatchObject({ reason: 'not-permitted.callback-off' });
});
