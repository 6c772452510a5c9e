import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CallbackReceiver, type Reply } from './callback-receiver.ts';
import type { Delivery } from './events/ledger.ts';
import { soon } from './faults/soon.ts';
import { Tester } from './tester.ts';

let app: Tester;
let receiver: CallbackReceiver;
beforeAll(async () => {
  app = await Tester.start({ qps: 0 });
  receiver = await CallbackReceiver.start();
});
beforeEach(async () => {
  await app.control('POST', '/reset');
  receiver.reset();
  await app.control('PUT', '/events/callback', { url: receiver.url, speed: 200 });
});
afterAll(async () => {
  await app.simulator.close();
  receiver.close();
});

const send = (order: object = {}) =>
  app.control('POST', '/events', { type: 'alarm', deviceId: '1234', ...order });

const deliveries = async () => {
  const { events } = (await app.control('GET', '/events')) as unknown as {
    events: { deliveries: Delivery[] }[];
  };
  return events.flatMap((event) => event.deliveries);
};
const outcomes = async () =>
  (await deliveries()).flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome));
const settled = () =>
  soon(async () => expect((await deliveries()).every(({ state }) => state !== 'waiting')).toBe(true));
const failedList = async () =>
  (await app.call('GET', `/call_back/get_call_back_failed_result?access_token=${await app.token()}`)).body;

describe('the callback transport', () => {
  test('posts an event signed and encrypted, its business fields flat beside DingTalk’s own', async () => {
    const event = await send({ eventId: 'one', at: 1_700_000_000_000, description: 'gone' });
    await settled();
    expect(receiver.letters).toHaveLength(1);
    expect(receiver.letters[0]?.query).toEqual({
      here: '1',
      msg_signature: expect.stringMatching(/^[0-9a-f]{40}$/),
      timestamp: expect.stringMatching(/^\d{13}$/),
      nonce: expect.stringMatching(/^\w{8}$/),
    });
    expect(receiver.letters[0]?.message).toEqual({
      EventType: 'open_meeting_room_device_alarm',
      EventTime: 1_700_000_000_000,
      CorpId: 'dingsimcorp',
      BizId: event.bizId,
      eventId: 'one',
      ruleLevel: 1,
      alarmTime: 1_700_000_000_000,
      eventStatus: 0,
      eventDescription: 'gone',
      deviceUnionId: 'lmvUxxxxx',
      deviceId: '1234',
      ruleKey: 'device_offline_lwp',
    });
    expect(await outcomes()).toEqual(['success']);
  });

  test.each([
    ['signature', ['here', 'nonce', 'signature', 'timeStamp']],
    ['both', ['here', 'msg_signature', 'nonce', 'signature', 'timeStamp', 'timestamp']],
  ])('spells the query as %s', async (spelling, names) => {
    await app.control('PUT', '/events/callback', { url: receiver.url, spelling });
    await send();
    await settled();
    expect(Object.keys(receiver.letters[0]?.query ?? {}).sort()).toEqual(names);
  });

  test.each<[Reply, string]>([
    ['failure', 'it decrypts to "failure"'],
    ['wrong-owner', 'it is meant for dingother'],
    ['wrong-signature', 'the signature does not match'],
    ['status-500', 'status 500'],
    ['html', expect.stringContaining('not valid JSON')],
  ])('tries again after %s, with the same event', async (reply, outcome) => {
    receiver.replies = [reply];
    await send();
    await settled();
    expect(await outcomes()).toEqual([outcome, 'success']);
    expect(receiver.letters[0]?.message.eventId).toBe(receiver.letters[1]?.message.eventId);
  });

  test('waits 10 and 30 seconds before it tries again, then lists the event as failed, once', async () => {
    receiver.replies = ['status-500', 'status-500', 'status-500'];
    await send({ eventId: 'lost' });
    await settled();
    expect(await outcomes()).toEqual(['status 500', 'status 500', 'status 500']);
    const [first = 0, second = 0, third = 0] = receiver.letters.map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(48);
    expect(third - second).toBeGreaterThanOrEqual(148);
    expect(await failedList()).toMatchObject({ errcode: 0, has_more: false, failed_list: [] });
    await app.control('POST', '/clock', { advanceSeconds: 180 });
    const { failed_list } = await failedList();
    expect(failed_list).toEqual([
      {
        call_back_tag: 'open_meeting_room_device_alarm',
        event_time: expect.any(Number),
        open_meeting_room_device_alarm: {
          corpid: 'dingsimcorp',
          callbackData: expect.objectContaining({ eventId: 'lost', deviceId: '1234' }),
        },
      },
    ]);
    expect((await failedList()).failed_list).toEqual([]);
  });

  test('gives an answer no longer than 2.5 seconds', async () => {
    receiver.replies = ['nothing'];
    const began = Date.now();
    await send();
    await settled();
    expect(Date.now() - began).toBeGreaterThanOrEqual(2_500);
    expect(await outcomes()).toEqual(['no answer in 2.5 s', 'success']);
  });

  test('lists at most 200 failed events at a time', async () => {
    await app.control('PUT', '/events/callback', { url: 'http://127.0.0.1:1/', speed: 5_000 });
    await app.control('PUT', '/events/hostility', { duplicates: 201 });
    await send();
    await settled();
    await app.control('POST', '/clock', { advanceSeconds: 180 });
    const first = await failedList();
    expect([(first.failed_list as unknown[]).length, first.has_more]).toEqual([200, true]);
    const rest = await failedList();
    expect([(rest.failed_list as unknown[]).length, rest.has_more]).toEqual([1, false]);
  });

  test('tries an address with check_url', async () => {
    expect(await app.control('POST', '/events/callback/check')).toEqual({
      accepted: true,
      answer: 'success',
    });
    expect(receiver.letters[0]?.message).toEqual({ EventType: 'check_url' });
    receiver.replies = ['failure'];
    expect(await app.control('POST', '/events/callback/check')).toMatchObject({ accepted: false });
  });

  test.each([
    ['signature', [900005]],
    ['owner', [900010]],
    ['key', expect.any(Array)],
  ])('forges the %s so that the message cannot be decrypted', async (forge, codes) => {
    await app.control('PUT', '/events/hostility', { forge });
    await send();
    await settled();
    expect(receiver.letters).toEqual([]);
    expect(receiver.refused).toEqual(codes);
  });

  test.each([
    [{ url: 'nowhere' }],
    [{ url: 'ftp://127.0.0.1/' }],
    [{ url: 'http://127.0.0.1/', speed: 0 }],
    [{ url: 'http://127.0.0.1/', spelling: 'mine' }],
  ])('is not set to %o', async (body) => {
    expect(await app.control('PUT', '/events/callback', body)).toEqual({ error: expect.any(String) });
  });

  test('signs stale messages correctly', async () => {
    await app.control('PUT', '/events/hostility', { forge: 'stale' });
    await send();
    await settled();
    expect(Date.now() - Number(receiver.letters[0]?.query.timestamp)).toBeGreaterThan(86_400_000);
  });

  test('signs messages of another organization correctly', async () => {
    await app.control('PUT', '/events/hostility', { forge: 'organisation' });
    await send();
    await settled();
    expect(receiver.letters[0]?.message).toMatchObject({ CorpId: 'dingothercorp' });
  });

  test('may share an event with the stream, and leaves all events to it without an address', async () => {
    const transportsOf = async (order: object) =>
      ((await send(order)).deliveries as Delivery[]).map(({ transport }) => transport);
    expect(await transportsOf({})).toEqual(['callback']);
    expect(await transportsOf({ transport: 'both' })).toEqual(['callback', 'stream']);
    await app.control('DELETE', '/events/callback');
    expect(await transportsOf({})).toEqual(['stream']);
  });

  test('costs no quota and no monthly calls', async () => {
    await send();
    await settled();
    await failedList();
    expect((await app.control('GET', '/calls')).counted).toBe(0);
  });

  test('drops pending deliveries when everything is reset', async () => {
    await app.control('PUT', '/events/callback', { url: receiver.url, speed: 20 });
    receiver.replies = ['status-500'];
    await send();
    await soon(() => expect(receiver.letters).toHaveLength(1));
    await app.control('POST', '/reset');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(receiver.letters).toHaveLength(1);
    expect(await app.control('GET', '/events')).toMatchObject({
      callback: { url: null },
      counts: { made: 0 },
      events: [],
    });
  });
});
