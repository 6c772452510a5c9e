import { type Fields, openFields } from '#lib/dingtalk/transport/fields.ts';
import { isRecord } from '#lib/dingtalk/transport/json.ts';
import { maskRaw } from '#lib/dingtalk/transport/mask-raw.ts';
import { plainTexts } from '#lib/dingtalk/transport/plain-text.ts';
import type { Controller, Device, Peripherals, RoomRef } from '#lib/domain/devices/device.ts';
import { readController } from './controller-wire.ts';
import { readNetwork, readTime } from './device-words.ts';
import { readUnit } from './unit-wire.ts';

/**
 * The `result` of the device query with its 28 documented fields as a Device. What could not be read or is new to us
 * is in `unknownFields` under DingTalk's name, a controller's under `controllers[<n>].<name>`, and an entry of
 * `controllers` that is no object under `controllers[<n>]`.
 * (DingTalk docs: query video conference device information)
 */
export function readDevice(source: Record<string, unknown>, controllers: unknown[]): Device {
  const fields = openFields(source);
  fields.skip('controllers');
  const panels = controllers.map((entry) => (isRecord(entry) ? readController(entry) : { odd: entry }));
  const device = {
    ...readUnit(fields),
    room: readRoom(fields),
    createdBy: fields.text('creatorUnionId'),
    firmware: fields.text('firmwareVersion'),
    software: fields.text('softwareVersion'),
    activatedAt: readTime(fields, 'activeTime'),
    network: readNetwork(fields),
    peripherals: readPeripherals(fields),
    sipAccount: fields.secret('sipAccountName'),
    controllers: panels.flatMap((panel) => ('controller' in panel ? panel.controller : [])),
  };
  return { ...device, unknownFields: { ...fields.unknown(), ...unknownOf(panels) } };
}

function readRoom(fields: Fields): RoomRef | null {
  const id = fields.text('openRoomId');
  const name = fields.text('roomName');
  if (id !== null) return { id, name };
  if (name !== null) fields.keep('roomName');
  return null;
}

function readPeripherals(fields: Fields): Peripherals {
  return {
    camera: fields.text('devCamera'),
    microphone: fields.text('devMic'),
    speaker: fields.text('devVoice'),
    mirror: fields.text('devMirror'),
    hdmi: fields.text('devHdmi'),
  };
}

type Panel = { controller: Controller; unknown: Record<string, unknown> } | { odd: unknown };

function unknownOf(panels: Panel[]): Record<string, unknown> {
  const entries = panels.flatMap((panel, index): [string, unknown][] => {
    const place = `controllers[${index}]`;
    if ('odd' in panel) return [[place, maskRaw(plainTexts(panel.odd))]];
    return Object.entries(panel.unknown).map(([name, value]) => [`${place}.${name}`, value]);
  });
  return Object.fromEntries(entries);
}
