'use client';

import { useTranslations } from 'use-intl';
import { CONCEALED_NAME, readFieldPath } from '#lib/domain/devices/field-action.ts';

/** Fields that the facts of a device have a word for, by their path. */
const AS_FACTS = {
  kind: 'kind',
  model: 'model',
  serviceId: 'serviceId',
  serial: 'serial',
  mac: 'mac',
  corpId: 'corpId',
  createdBy: 'createdBy',
  'room.id': 'roomId',
  roomId: 'roomId',
  'network.type': 'networkType',
  'network.ssid': 'ssid',
  'network.ip': 'ip',
  'network.wiredMac': 'wiredMac',
  'network.wifiMac': 'wifiMac',
  'peripherals.camera': 'camera',
  'peripherals.microphone': 'microphone',
  'peripherals.speaker': 'speaker',
  'peripherals.mirror': 'mirror',
  'peripherals.hdmi': 'hdmi',
  firmware: 'firmware',
  software: 'software',
  castCode: 'castCode',
  sipAccount: 'sipAccount',
} as const;

/** Fields that have a word of their own here. */
const OWN = {
  name: 'name',
  room: 'room',
  'room.name': 'roomName',
  'room.devices': 'roomDevices',
  activatedAt: 'activatedAt',
  'status.state': 'status',
  'status.raw': 'statusRaw',
} as const;

const has = <T extends object>(words: T, field: string): field is keyof T & string =>
  Object.hasOwn(words, field);

/** What a changed field is called; one that is new to the desk goes by its own name. */
export function useFieldName(): (path: string) => string {
  const device = useTranslations('device');
  const t = useTranslations('history');
  const word = (field: string) => {
    if (has(AS_FACTS, field)) return device(`fields.${AS_FACTS[field]}`);
    if (has(OWN, field)) return t(`fields.${OWN[field]}`);
    if (field === 'deviceId' || field === 'unionId') return device(field);
    return field.replace(/^unknownFields\./, '');
  };
  return (path) => {
    const { controller, field } = readFieldPath(path);
    if (controller === null) return word(path);
    const name = controller === CONCEALED_NAME ? t('changes.unnamed') : controller;
    if (field === null) return t('changes.controller', { name });
    return t('changes.ofController', { name, field: word(field) });
  };
}
