import type { EventDevice, EventNews, Told, ToldField } from '#lib/domain/device-event.ts';
import { networkTypeOf, statusOf } from './device-words.ts';
import { type Fields, openFields } from './fields.ts';
import { isRecord } from './json.ts';

/** Names and meanings of properties. (DOC:querying-video-conference-device-attribute-information) */
const PROPERTIES: Record<string, [ToldField, (value: string | null) => unknown]> = {
  dev_app_status: ['status', statusOf],
  dev_code: ['castCode', asSaid],
  dev_model: ['model', asSaid],
  dev_net_ip: ['network.ip', asSaid],
  dev_net_type: ['network.type', networkTypeOf],
  dev_wifi_mac: ['network.wifiMac', asSaid],
  dev_wire_mac: ['network.wiredMac', asSaid],
  dev_firmware_v: ['firmware', asSaid],
  dev_software_v: ['software', asSaid],
  dev_hdmi: ['peripherals.hdmi', asSaid],
};

function asSaid(value: string | null): string | null {
  return value;
}

/** The properties that changed, in our words; names that are new to us are told by their names. */
export function readProperties(
  fields: Fields,
  { device, at }: { device: EventDevice; at: number },
): EventNews | null {
  const list = fields.list('properties');
  if (list === null) return null;
  const told = new Map<ToldField, Told>();
  const notUnderstood: string[] = [];
  for (const each of list.filter(isRecord)) {
    const property = openFields(each);
    const name = property.text('propertyName');
    const known = name !== null && Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
    if (!known) {
      if (name !== null) notUnderstood.push(name);
      continue;
    }
    const [field, read] = known;
    const value = property.text('propertyValue');
    // A status that is empty tells nothing; every other field may well have become empty.
    if (field !== 'status' || value !== null) told.set(field, { field, value: read(value) });
  }
  return { kind: 'properties', device, at, told: [...told.values()], notUnderstood };
}
