import { ask, mustBe } from './ask.mjs';

/**
 * Queries a device and compares the response with the simulator's record.
 * @param {import('./world.mjs').World} world
 * @param {string} deviceId
 * @returns {Promise<string>} the answer's text
 */
export async function askDevice({ app, dingtalk, cookie }, deviceId, question = '') {
  const url = queryUrl(app, deviceId, question);
  const [answer, truth] = await Promise.all([ask(url, { cookie }), dingtalk.device(deviceId)]);
  const text = answer.body.toString();
  mustBe(
    answer.status === 200,
    `Rooms Desk answers for device ${deviceId} with 200.`,
    `${answer.status} ${text}`,
  );
  const { device } = JSON.parse(text);
  const said = [device.deviceId, device.name, device.mac, device.room?.name, device.controllers.length];
  const known = [
    truth.deviceId,
    truth.deviceName,
    truth.deviceMac,
    truth.roomName,
    truth.controllers?.length,
  ];
  mustBe(
    String(said) === String(known),
    `Rooms Desk returns for ${deviceId} what DingTalk returned: ${known}.`,
    said,
  );
  return text;
}

/** @param {import('./bench-app.mjs').App} app @param {string} deviceId @param {string} [question] more of the query */
export function queryUrl(app, deviceId, question = '') {
  return `${app.url}/api/v1/devices/query?deviceId=${encodeURIComponent(deviceId)}${question}`;
}
