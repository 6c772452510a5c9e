import { openFields } from '#lib/dingtalk/transport/fields.ts';
import { isRecord } from '#lib/dingtalk/transport/json.ts';
import type { OverriddenField, Override } from '#lib/domain/events/device-event.ts';
import { readNetworkType, readStatusWord } from './device-words.ts';

type Property = { field: OverriddenField; value(word: string | null): unknown };

const asItIs = (field: OverriddenField): Property => ({ field, value: (word) => word });

// The ten names there are. (DingTalk docs: querying-video-conference-device-attribute-information)
const PROPERTIES: ReadonlyMap<string, Property> = new Map<string, Property>([
  ['dev_app_status', { field: 'status', value: readStatusWord }],
  ['dev_net_type', { field: 'network.type', value: readNetworkType }],
  ['dev_net_ip', asItIs('network.ip')],
  ['dev_wifi_mac', asItIs('network.wifiMac')],
  ['dev_wire_mac', asItIs('network.wiredMac')],
  ['dev_code', asItIs('castCode')],
  ['dev_model', asItIs('model')],
  ['dev_firmware_v', asItIs('firmware')],
  ['dev_software_v', asItIs('software')],
  ['dev_hdmi', asItIs('peripherals.hdmi')],
]);

/**
 * What a list of `{propertyName, propertyValue}` tells, one entry a field, the last word on it counting. By name, or by
 * place such as `properties[2]`, in `notUnderstood`: properties nobody knows and values that are no scalars.
 */
export function readProperties(entries: unknown[]): { overrides: Override[]; notUnderstood: string[] } {
  const overrides = new Map<OverriddenField, Override>();
  const notUnderstood = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const fields = openFields(isRecord(entry) ? entry : {});
    const name = fields.text('propertyName');
    const property = PROPERTIES.get(name ?? '');
    if (property && fields.record('propertyValue') === null && fields.list('propertyValue') === null) {
      const value = property.value(fields.text('propertyValue'));
      overrides.set(property.field, { field: property.field, value });
    } else {
      notUnderstood.add(name ?? `properties[${index}]`);
    }
  }
  return { overrides: [...overrides.values()], notUnderstood: [...notUnderstood] };
}
