import type { Controller } from '#lib/domain/device.ts';
import { readKind, readStatus } from './device-words.ts';
import { openFields } from './fields.ts';

/**
 * One entry of `controllers` with its 12 documented fields, and what is unknown under DingTalk's names.
 * (DingTalk docs: query video conference device information)
 */
export function readController(source: Record<string, unknown>): {
  controller: Controller;
  unknown: Record<string, unknown>;
} {
  const fields = openFields(source);
  const controller: Controller = {
    deviceId: fields.text('deviceId'),
    unionId: fields.text('deviceUnionId'),
    name: fields.text('deviceName'),
    kind: readKind(fields),
    model: fields.text('deviceModel'),
    serviceId: fields.number('deviceServiceId'),
    status: readStatus(fields),
    roomId: fields.text('openRoomId'),
    corpId: fields.text('corpId'),
    serial: fields.text('deviceSn'),
    mac: fields.text('deviceMac'),
    castCode: fields.secret('shareCode'),
  };
  return { controller, unknown: fields.unknown() };
}
