import type { Fields } from '#lib/dingtalk/transport/fields.ts';
import type { DeviceKind, Network } from '#lib/domain/devices/device.ts';
import type { DeviceStatus, StatusState } from '#lib/domain/devices/device-status.ts';

const STATE_BY_WORD: ReadonlyMap<string, StatusState> = new Map<string, StatusState>([
  ['idle', 'idle'],
  ['projection', 'casting'],
  ['conf_incoming', 'ringing'],
  ['conf_running', 'in-meeting'],
  ['white_board', 'whiteboard'],
  ['offline', 'offline'],
]);

const KIND_BY_WORD: ReadonlyMap<string, DeviceKind> = new Map<string, DeviceKind>([
  ['touyingyi', 'device'],
  ['meetingaccessory', 'accessory'],
]);

// Latest instant whose ISO form has a four-digit year; what is later is not a date anybody meant.
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The status in our words, DingTalk's own kept beside it. (DingTalk docs: query video conference device information) */
export function readStatus(fields: Fields): DeviceStatus {
  return readStatusWord(fields.text('deviceStatus'));
}

/** The same for the word itself, which an event tells under another name. */
export function readStatusWord(raw: string | null): DeviceStatus {
  return { state: STATE_BY_WORD.get(raw ?? '') ?? 'unknown', raw };
}

/** What a unit says it is; a word that is new to us is kept as an unknown field. */
export function readKind(fields: Fields): DeviceKind {
  const raw = fields.text('deviceType');
  if (raw === null) return 'unknown';
  const kind = KIND_BY_WORD.get(raw);
  if (kind === undefined) fields.keep('deviceType');
  return kind ?? 'unknown';
}

/**
 * ISO 8601 UTC from milliseconds since the epoch, or from whole seconds: ten digits, which as milliseconds would lie in
 * 1970. 0 means never activated and is `null`; so is what cannot be a date, and that is kept as an unknown field.
 */
export function readTime(fields: Fields, name: string): string | null {
  const value = fields.number(name);
  if (value === null || value === 0) return null;
  const ms = value >= 1e9 && value < 1e10 ? value * 1_000 : value;
  if (ms > 0 && ms <= LAST_MS) return new Date(ms).toISOString();
  fields.keep(name);
  return null;
}

/**
 * How the device is connected. `net_wired` and `net_offline` are words, anything else may be the name of the Wi-Fi
 * network itself. (DingTalk docs: querying-video-conference-device-attribute-information)
 */
export function readNetwork(fields: Fields): Network {
  return {
    ...readNetworkType(fields.text('devNetType')),
    ip: fields.text('devNetIp'),
    wifiMac: fields.text('devWifiMac'),
    wiredMac: fields.text('devWireMac'),
  };
}

/** What the word for the network means, wherever it is told. */
export function readNetworkType(word: string | null): Pick<Network, 'type' | 'ssid'> {
  switch (word) {
    case null:
      return { type: null, ssid: null };
    case 'net_wired':
      return { type: 'wired', ssid: null };
    case 'net_offline':
      return { type: 'offline', ssid: null };
    case 'net_wifi':
    case 'net_wireless':
      return { type: 'wifi', ssid: null };
    default:
      return { type: 'wifi', ssid: word };
  }
}
