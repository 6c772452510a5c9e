import type { App } from '../support/app.ts';
import { expect, test } from '../support/app.ts';

// Undocumented responses of DingTalk, and what the person who queries sees.

const PATH = '/v1.0/rooms/devices';

/** Answers the next queries for a device with this text and HTTP 200. */
const answerWith = ({ simulator }: App, deviceId: string, body: unknown) =>
  simulator.control('PUT', '/faults', {
    path: PATH,
    fault: 'json-200',
    match: `deviceId=${deviceId}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const query = (deviceId: string) => `/api/v1/devices/query?deviceId=${deviceId}&fresh=true`;

test('a null entry among the controllers loses only itself and stays visible', async ({ app, api }) => {
  const deviceId = await app.unseenDevice();
  const controllers = [null, { deviceId: '77', deviceName: 'Panel' }, 'odd'];
  await answerWith(app, deviceId, { result: { deviceId, controllers } });
  const answer = await (await api('support')).get(query(deviceId));
  expect(answer.status()).toBe(200);
  const { device } = await answer.json();
  expect(device.controllers).toMatchObject([{ deviceId: '77', name: 'Panel' }]);
  expect(device.unknownFields).toEqual({ 'controllers[0]': null, 'controllers[2]': 'odd' });
});

test('recognizes an activation time in seconds', async ({ app, api }) => {
  const deviceId = await app.unseenDevice();
  await answerWith(app, deviceId, { result: { deviceId, activeTime: 1_697_198_045 } });
  const { device } = await (await (await api('support')).get(query(deviceId))).json();
  expect(device.activatedAt).toBe('2023-10-13T11:54:05.000Z');
});

test('keeps every digit of numbers beyond 2^53 in the response, the raw response and the page', async ({
  app,
  api,
  enter,
  page,
}) => {
  const deviceId = await app.unseenDevice();
  const big = '9007199254740993';
  await answerWith(
    app,
    deviceId,
    `{"result":{"deviceId":"${deviceId}","deviceServiceId":${big},"openRoomId":${big},"controllers":[{"deviceServiceId":${big}}],"brandNew":${big}}}`,
  );
  const support = await api('support');
  const { device } = await (await support.get(query(deviceId))).json();
  expect(device).toMatchObject({ serviceId: big, room: { id: big }, controllers: [{ serviceId: big }] });
  expect(device.unknownFields).toEqual({ brandNew: big });
  const known = await (await support.get(`/api/v1/devices/${deviceId}`)).json();
  expect(known.device.serviceId, 'also after it was recorded').toBe(big);
  const raw = await (await support.get(`/api/v1/devices/raw?deviceId=${deviceId}`)).text();
  expect(raw).toContain(big);
  await enter('support');
  await page.goto(`/devices/${deviceId}`);
  await expect(page.getByRole('main').getByText(big, { exact: true }).first()).toBeVisible();
});

for (const [body, reason, code] of [
  [{ code: 'no.permission', message: 'no permission' }, 'dingtalk-refused.operator', 'no.permission'],
  [{ errcode: 90018, errmsg: 'too many' }, 'dingtalk-throttled.rate', '90018'],
  [{ code: 'brand.new', message: 'new' }, 'dingtalk-confused.unrecognised', 'brand.new'],
] as const) {
  test(`reports HTTP 200 with ${JSON.stringify(body)} as that error`, async ({ app, api }) => {
    const deviceId = await app.unseenDevice();
    await answerWith(app, deviceId, body);
    const problem = await (await (await api('support')).get(query(deviceId))).json();
    expect(problem).toMatchObject({ reason, upstream: { status: 200, code } });
  });
}

test('neither shows nor records an answer about another device', async ({ app, api }) => {
  const [deviceId, other] = [await app.unseenDevice(), await app.unseenDevice()];
  const support = await api('support');
  await answerWith(app, deviceId, { result: { deviceId: other, deviceName: 'The other one' } });
  const unseen = await support.get(query(deviceId));
  expect(unseen.status()).toBe(502);
  expect(await unseen.json()).toMatchObject({
    code: 'dingtalk-confused',
    reason: 'dingtalk-confused.other-device',
  });
  for (const id of [deviceId, other]) {
    expect((await support.get(`/api/v1/devices/${id}`)).status(), `${id} is not known`).toBe(404);
  }
  await app.simulator.control('DELETE', '/faults');
  const { device } = await (await support.get(query(deviceId))).json();
  await answerWith(app, deviceId, { result: { deviceId: other, deviceName: 'The other one' } });
  const known = await (await support.get(query(deviceId))).json();
  expect(known).toMatchObject({ source: 'last-known', notice: { reason: 'dingtalk-confused.other-device' } });
  expect(known.device).toEqual(device);
});
