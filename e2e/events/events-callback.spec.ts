import { expect, test } from '../support/app.ts';
import { eventTests } from '../support/event-tests.ts';
import { eventOptions } from '../support/events.ts';
import { wholeList } from '../support/inventory.ts';

test.use({ appOptions: eventOptions('callback') });

eventTests('callback');

test('refuses a callback that DingTalk did not just send, and changes nothing', async ({
  app,
  api,
  request,
}) => {
  const { deviceId } = await app.scenario('casting');
  const support = await api('support');
  const before = await wholeList(support, '/api/v1/events');
  const overrides = async () => (await (await support.get(`/api/v1/devices/${deviceId}`)).json()).overrides;
  const overridesBefore = await overrides();
  expect(overridesBefore).toBeInstanceOf(Array);
  for (const forge of ['signature', 'owner', 'key', 'stale', 'organisation']) {
    await app.simulator.control('PUT', '/events/hostility', { forge });
    await app.simulator.control('POST', '/events', { type: 'alarm', deviceId, withoutEffects: true });
    const attempts = async () => {
      type EventLedger = { events: { deliveries: { attempts: { outcome: string }[] }[] }[] };
      const { events } = await app.simulator.control<EventLedger>('GET', '/events');
      return events.flatMap(({ deliveries }) => deliveries.flatMap((each) => each.attempts));
    };
    await expect
      .poll(async () => (await attempts()).map(({ outcome }) => outcome).join(), { message: forge })
      .toMatch(/status 40[03]/);
    await app.simulator.control('DELETE', '/events');
  }
  for (const [body, status] of [
    ['{}', 400],
    ['[]', 400],
    ['not json', 400],
    [`{"encrypt":"${'A'.repeat(300_000)}"}`, 400],
  ] as const) {
    const headers = { 'content-type': 'application/json' };
    const answer = await request.post(`${app.url}/api/dingtalk/events?signature=x&timestamp=1&nonce=n`, {
      data: body,
      headers,
    });
    expect(answer.status()).toBe(status);
  }
  expect(await wholeList(support, '/api/v1/events')).toEqual(before);
  const log = await (await (await api('admin')).get('/api/v1/audit?action=event-refused')).json();
  expect(log.items).toMatchObject([{ outcome: 'refused', about: 'CorpId dingothercorp', target: null }]);
  expect(await overrides()).toEqual(overridesBefore);
});
