import { openFields } from '#lib/dingtalk/transport/fields.ts';
import type { Controller } from '#lib/domain/devices/device.ts';
import { readUnit } from './unit-wire.ts';

/**
 * One entry of `controllers` with its 12 documented fields, and what is unknown under DingTalk's names.
 * (DingTalk docs: query video conference device information)
 */
export function readController(source: Record<string, unknown>): {
  controller: Controller;
  unknown: Record<string, unknown>;
} {
  const fields = openFields(source);
  const controller: Controller = { ...readUnit(fields), roomId: fields.text('openRoomId') };
  return { controller, unknown: fields.unknown() };
}
