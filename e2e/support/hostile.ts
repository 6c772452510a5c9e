import type { APIRequestContext } from '@playwright/test';
import { type App, expect } from './app.ts';

export const RTL = '\u202e';
export const LONG = '会议室设备名称很长'.repeat(7).slice(0, 60);

/** The device for every dynamic segment in e2e/support/routes.ts. */
export const HOSTILE_DEVICE = '1234';

/** A script that would leave a mark; the number shows where it got through. */
export const script = (at: number) => `<img src=x onerror="window.hacked${at}=1">`;

/** Hostile values of a device, in DingTalk's spelling, different each time, so that a history shows them. */
export const hostileFields = (at: number) => ({
  deviceName: `${script(at)}${RTL}drow${'</script><script>window.hacked=2</script>'}`,
  roomName: `=HYPERLINK("http://evil.example")${RTL}<svg onload=window.hacked=3>`,
  deviceModel: `${RTL}bell\u0007and\u001bescape${at}`,
  deviceSn: `${'f'.repeat(63)}${at}`,
  deviceMac: `${RTL}${script(5)}`,
  firmwareVersion: `javascript:window.hacked${at}=4`,
  softwareVersion: `+cmd|' /C calc'!A0${RTL}${at}`,
  devNetType: `${LONG}${RTL}${at}`,
  devNetIp: `${RTL}10.0.0.${at}`,
  devCamera: '{{constructor.constructor("window.hacked=5")()}}',
  devMic: `\ud800${'W'.repeat(200)}`,
  deviceStatus: `<b>idle</b>${RTL}`,
  '<i>field</i>': '<a href="javascript:window.hacked=6">press</a>',
});

/** Leaves a note about the device with hostile text. */
export async function leaveHostileNote(support: APIRequestContext): Promise<void> {
  const text = `${script(20)}${RTL}drow\n</textarea><script>window.hacked=21</script>\n${LONG}${'W'.repeat(300)}`;
  const left = await support.post('/api/v1/notes', { data: { kind: 'device', key: HOSTILE_DEVICE, text } });
  expect(left.status()).toBe(201);
}

/** Sets the hostile values in the simulator and refreshes the device. */
export async function sayHostile(
  app: App,
  support: APIRequestContext,
  fields: Partial<ReturnType<typeof hostileFields>>,
): Promise<void> {
  await app.simulator.control('PATCH', `/devices/${HOSTILE_DEVICE}`, fields);
  const response = await support.get(`/api/v1/devices/query?deviceId=${HOSTILE_DEVICE}&fresh=true`);
  expect(response.status()).toBe(200);
}
