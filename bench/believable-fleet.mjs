/**
 * An organisation of any size, the same one every time: devices, their rooms and the tree of groups as the product's own
 * nouns (lib/domain). Names are Chinese and English, states and firmwares as unevenly spread as in real fleets.
 */

const CITIES = [
  ['杭州', 'Hangzhou'],
  ['上海', 'Shanghai'],
  ['北京', 'Beijing'],
  ['深圳', 'Shenzhen'],
  ['成都', 'Chengdu'],
  ['广州', 'Guangzhou'],
  ['西安', "Xi'an"],
  ['武汉', 'Wuhan'],
  ['新加坡', 'Singapore'],
  ['迪拜', 'Dubai'],
];
const BUILDINGS = [
  'A座',
  'B座',
  '研发中心',
  '西溪园区',
  'East Campus',
  'Innovation Park',
  'Tower 2',
  '数据中心',
];

/** No model, firmware or place has such a name, so that typed words match names only. */
export const ENGLISH = ['Orion', 'Vega', 'Jupiter', 'Everest', 'Quokka', 'Phoenix', 'Yukon', 'Zephyr'];
export const CHINESE = ['静思', '听涛', '望湖', '凌云', '观海', '致远', '明德', '和光'];

export const MODELS = [
  ['winbox', 46, ['5.3.1', '5.3.0', '5.2.8', '5.1.0']],
  ['AILABS_R2', 28, ['2.9.14', '2.9.10', '2.8.3']],
  ['AILABS_BAR_X1', 18, ['1.4.2', '1.4.0', '1.3.9', '1.2.0']],
  ['smartboard_86', 8, ['7.0.3', '6.9.9']],
];

/** The statuses of a device in the product's and in DingTalk's terms. */
export const STATES = [
  ['idle', 'idle', 62],
  ['in-meeting', 'conf_running', 17],
  ['offline', 'offline', 10],
  ['casting', 'projection', 7],
  ['whiteboard', 'white_board', 3],
  ['ringing', 'conf_incoming', 1],
];

const CORP = 'dingsimcorp';
const OPERATOR = 'simOperatorUnionId';
const [HOUR, DAY] = [3_600_000, 86_400_000];
/** Ids that no simulated device has. */
const FIRST_ID = 5_000_000;

/** How many rooms and groups belong to so many devices. @param {number} devices */
export function proportions(devices) {
  return { rooms: Math.round(devices * 0.6), floors: Math.max(20, Math.round(devices / 50)) };
}

/** @typedef {ReturnType<typeof believableFleet>} Fleet @param {number} devices @param {number} now */
export function believableFleet(devices, now) {
  const { rooms, floors } = proportions(devices);
  const perBuilding = 12;
  const buildings = Math.ceil(floors / perBuilding);
  return {
    devices,
    rooms,
    groups: () => groups(floors, buildings, perBuilding),
    /** @param {number} at */
    room: (at) => room(at, { rooms, floors, devices }, now),
    /** @param {number} at */
    reading: (at) => reading(at, rooms, now),
  };
}

/** @param {number} floors @param {number} buildings @param {number} perBuilding */
function groups(floors, buildings, perBuilding) {
  const cities = CITIES.map(([name = ''], at) => ({ id: cityId(at), name, parentId: null }));
  const houses = Array.from({ length: buildings }, (_, at) => ({
    id: buildingId(at),
    name: `${BUILDINGS[at % BUILDINGS.length]}${Math.floor(at / BUILDINGS.length) || ''}`,
    parentId: cityId(at % CITIES.length),
  }));
  const levels = Array.from({ length: floors }, (_, at) => ({
    id: floorId(at),
    name: `${(at % perBuilding) + 1}F`,
    parentId: buildingId(Math.floor(at / perBuilding)),
  }));
  return [...cities, ...houses, ...levels];
}

export const cityId = (/** @type {number} */ at) => `${1_001 + at}`;
export const buildingId = (/** @type {number} */ at) => `${20_001 + at}`;
const floorId = (/** @type {number} */ at) => `${300_001 + at}`;

/** @param {number} at @param {{ rooms: number, floors: number, devices: number }} size @param {number} now */
function room(at, { rooms, floors, devices }, now) {
  const chance = dice(at, 1);
  const own = [at, at + rooms].filter((device) => device < devices && roomOf(device, rooms) === at);
  return {
    id: roomId(at),
    unionId: null,
    name: roomName(at),
    capacity: chance.pick([4, 6, 8, 10, 12, 16, 20, 30]),
    location: { title: `${CITIES[at % CITIES.length]?.[0]} ${chance.whole(90) + 10}号`, description: null },
    labels: chance.share(0.4) ? [{ id: '1', name: chance.pick(['视频会议', '白板', '投影', '电话']) }] : [],
    groupId: floorId(at % floors),
    bookingRight: { who: 'everyone', raw: 0 },
    description: null,
    externalId: null,
    deviceUnionIds: own.map(unionId),
    unknownFields: {},
    seenAt: now - chance.whole(7 * DAY),
  };
}

/** A device and when it said so. @param {number} at @param {number} rooms @param {number} now */
function reading(at, rooms, now) {
  const chance = dice(at, 2);
  const [model, , firmwares] = chance.weighted(MODELS, ([, weight]) => weight);
  const [state, raw] = chance.weighted(STATES, ([, , weight]) => weight);
  const place = roomOf(at, rooms);
  const observedAt = now - chance.whole(state === 'offline' ? 3 * DAY : DAY);
  const wired = chance.share(0.7);
  const device = {
    deviceId: deviceId(at),
    unionId: unionId(at),
    name: deviceName(at),
    kind: 'device',
    model,
    serviceId: 1_000 + chance.whole(9),
    status: { state, raw },
    room: place === null ? null : { id: roomId(place), name: roomName(place) },
    corpId: CORP,
    serial: `SN${hex(at * 7 + 11, 12).toUpperCase()}`,
    mac: macOf(at, 0),
    castCode: `${100_000_000 + at}`,
    createdBy: OPERATOR,
    firmware: firmwares[Math.min(firmwares.length - 1, Math.floor(chance.next() ** 2 * 5))] ?? null,
    software: chance.pick(['8.0.15', '8.0.12', '7.6.55']),
    activatedAt: new Date(Date.UTC(2023, 0, 1) + chance.whole(900 * DAY)).toISOString(),
    network: {
      type: state === 'offline' ? 'offline' : wired ? 'wired' : 'wifi',
      ssid: wired ? null : 'Office WiFi',
      ip: `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`,
      wifiMac: wired ? null : macOf(at, 1),
      wiredMac: wired ? macOf(at, 2) : null,
    },
    peripherals: { camera: 'Camera', microphone: 'Array', speaker: 'Speaker', mirror: 'true', hdmi: null },
    sipAccount: `${800_000_000 + at}`,
    controllers: chance.share(0.6) ? [panel(at, place)] : [],
    unknownFields: {},
  };
  return {
    device,
    /** When it was last read, came into its state, and was first seen. */
    times: { observedAt, stateSince: observedAt - chance.whole(40 * HOUR), firstSeenAt: now - 60 * DAY },
    operatorUnionId: OPERATOR,
    gone: chance.share(0.004),
  };
}

/** @param {number} at @param {number | null} place */
function panel(at, place) {
  return {
    deviceId: `${FIRST_ID * 4 + at}`,
    unionId: `panel${hex(at, 8)}iEiE`,
    name: `Meeting Control Tablet_${hex(at, 4).toUpperCase()}`,
    kind: 'accessory',
    model: 'AILABS_S3_T1',
    serviceId: 2_001,
    status: { state: 'idle', raw: 'idle' },
    roomId: place === null ? null : roomId(place),
    corpId: CORP,
    serial: `SP${hex(at * 5 + 3, 12).toUpperCase()}`,
    mac: macOf(at, 3),
    castCode: null,
  };
}

/** Some devices have no room; some rooms have a second device. */
function roomOf(/** @type {number} */ at, /** @type {number} */ rooms) {
  return at % 50 === 49 ? null : at % rooms;
}

export const deviceId = (/** @type {number} */ at) => `${FIRST_ID + at}`;
const unionId = (/** @type {number} */ at) => `bench${hex(at, 8)}iEiE`;
const roomId = (/** @type {number} */ at) => `bench${hex(at, 8)}room`;

/** @param {number} at */
export function deviceName(at) {
  const word = Math.floor(at / 2) % 8;
  return at % 2 === 0 ? `${CHINESE[word]}会议终端${at}` : `${ENGLISH[word]} Rooms unit ${at}`;
}

/** @param {number} at */
function roomName(at) {
  const [chinese, english] = CITIES[at % CITIES.length] ?? [];
  return at % 3 === 0 ? `${english} meeting room ${at}` : `${chinese}会议室${at}`;
}

/** @param {number} at @param {number} which of its addresses */
export function macOf(at, which) {
  return `A0${which}0${hex(at * 9 + which, 8)}`.match(/../g)?.join(':').toUpperCase() ?? '';
}

const hex = (/** @type {number} */ value, /** @type {number} */ length) =>
  value.toString(16).padStart(length, '0').slice(-length);

/** Chances that are the same every time for the same number. @param {number} at @param {number} kind */
function dice(at, kind) {
  let state = Math.imul(at + 1, 2_654_435_761) ^ Math.imul(kind, 40_503);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (/** @type {number} */ below) => Math.floor(next() * below);
  return {
    next,
    whole,
    share: (/** @type {number} */ of) => next() < of,
    pick: (/** @type {any[]} */ from) => from[whole(from.length)],
    weighted: (/** @type {any[]} */ from, /** @type {(one: any) => number} */ weightOf) => {
      let left = next() * from.reduce((sum, one) => sum + weightOf(one), 0);
      return (
        from.find((one) => {
          left -= weightOf(one);
          return left < 0;
        }) ?? from.at(-1)
      );
    },
  };
}
