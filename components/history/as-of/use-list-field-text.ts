'use client';

import { useTranslations } from 'use-intl';

/** Fields of lists that the past has a word for. */
const OWN = {
  'status.state': 'status',
  name: 'name',
  room: 'room',
  group: 'group',
  capacity: 'capacity',
  location: 'location',
  labels: 'labels',
  devices: 'devices',
} as const;

/** Fields that the facts of a device have a word for. */
const AS_FACTS = {
  model: 'model',
  firmware: 'firmware',
  software: 'software',
  serial: 'serial',
  mac: 'mac',
  'network.type': 'networkType',
  'network.ip': 'ip',
} as const;

const has = <T extends object>(words: T, field: string): field is keyof T & string =>
  Object.hasOwn(words, field);

/** What a field of a list is called. */
export function useListFieldText(): (field: string) => string {
  const t = useTranslations('snapshots.fields');
  const device = useTranslations('device.fields');
  return (field) =>
    has(OWN, field) ? t(OWN[field]) : has(AS_FACTS, field) ? device(AS_FACTS[field]) : field;
}
