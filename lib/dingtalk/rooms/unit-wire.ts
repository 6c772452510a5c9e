import type { Fields } from '#lib/dingtalk/transport/fields.ts';
import { readKind, readStatus } from './device-words.ts';

/** The eleven fields that DingTalk documents alike for a device and for each of its controllers. */
export function readUnit(fields: Fields) {
  return {
    deviceId: fields.text('deviceId'),
    unionId: fields.text('deviceUnionId'),
    name: fields.text('deviceName'),
    kind: readKind(fields),
    model: fields.text('deviceModel'),
    serviceId: fields.integer('deviceServiceId'),
    status: readStatus(fields),
    corpId: fields.text('corpId'),
    serial: fields.text('deviceSn'),
    mac: fields.text('deviceMac'),
    castCode: fields.secret('shareCode'),
  };
}
