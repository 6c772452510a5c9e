import {
  changed,
  DAY,
  floor,
  HOUR,
  likewise,
  many,
  net,
  other,
  part,
  type Row,
  state,
  subject,
  subnet,
  turns,
  used,
  versions,
} from './subjects.ts';

/** What is found by those around a device and by its own rhythm: a row at least for each code, and its near misses. */
export const GOLDEN_PEERS: Row[] = [
  [
    'offline as half of its floor is',
    subject({ status: state('offline') }, floor(...many(2, { state: 'offline' }), ...many(2))),
    ['offline-with-neighbours'],
  ],
  [
    'offline as one of its floor is',
    subject({ status: state('offline') }, floor(other({ state: 'offline' }), other())),
    ['offline-while-controller-works'],
  ],
  [
    'offline as a few of a big floor are',
    subject({ status: state('offline') }, floor(...many(2, { state: 'offline' }), ...many(3))),
    ['offline-while-controller-works'],
  ],
  [
    'offline as its subnet is',
    subject({ status: state('offline'), controllers: [] }, subnet(...many(4, { state: 'offline' }))),
    ['offline-with-neighbours'],
  ],
  ['online while its floor is offline', subject({}, floor(...many(4, { state: 'offline' }))), []],
  [
    'on Wi-Fi where the floor is wired',
    subject(net({ type: 'wifi' }), floor(...many(4), other({ networkType: 'wifi' }))),
    ['wifi-among-wired'],
  ],
  [
    'on Wi-Fi where a third is too',
    subject(net({ type: 'wifi' }), floor(...many(4), ...many(2, { networkType: 'wifi' }))),
    [],
  ],
  ['on Wi-Fi with two others', subject(net({ type: 'wifi' }), floor(...many(2))), []],
  ['on Wi-Fi in a subnet of wired ones', subject(net({ type: 'wifi' }), subnet(...many(9))), []],
  [
    'firmware that most have updated',
    subject({ firmware: 'V1' }, likewise({ firmware: versions(5, 5) })),
    ['firmware-behind'],
  ],
  [
    'firmware that some have updated',
    subject({ firmware: 'V1' }, likewise({ firmware: versions(6, 4) })),
    [],
  ],
  [
    'firmware of the same update',
    subject({ firmware: 'V1' }, likewise({ firmware: versions(2, 8, DAY) })),
    [],
  ],
  ['the newer firmware', subject({ firmware: 'V2' }, likewise({ firmware: versions(8, 2) })), []],
  [
    'a firmware with an unknown date',
    subject({ firmware: 'V9' }, likewise({ firmware: versions(0, 9) })),
    [],
  ],
  [
    'two others with a newer firmware',
    subject({ firmware: 'V1' }, likewise({ others: 2, firmware: versions(0, 2) })),
    [],
  ],
  [
    'an app that most have updated',
    subject({ software: 'V1' }, likewise({ software: versions(0, 10) })),
    ['software-behind'],
  ],
  ['no camera where all have one', subject(part({ camera: null }), likewise()), ['part-missing']],
  [
    'no camera where some have one',
    subject(part({ camera: null }), likewise({ parts: { camera: 7, microphone: 10, speaker: 10 } })),
    [],
  ],
  [
    'no camera while offline',
    subject({ ...part({ camera: null }), status: state('offline'), controllers: [] }, likewise()),
    ['offline'],
  ],
  [
    'no camera since a change',
    subject(part({ camera: null }), {
      ...likewise(),
      ...changed('peripherals.camera', 'Smart Camera', null),
    }),
    ['camera-lost'],
  ],
  [
    'a MAC of none of its interfaces',
    subject(net({ wiredMac: '00:00:5e:00:53:0a', wifiMac: null }), likewise()),
    ['mac-of-no-interface'],
  ],
  [
    'the MAC of its cable in another spelling',
    subject(net({ wiredMac: '14-85-7F-00-00-01' }), likewise()),
    [],
  ],
  ['a MAC and no interfaces', subject(net({ wiredMac: null, wifiMac: null }), likewise()), []],
  [
    'a MAC of no interface, as a few others have',
    subject(net({ wiredMac: '00:00:5e:00:53:0a' }), likewise({ mac: { fits: 7, strays: 3 } })),
    [],
  ],
  [
    'a MAC of no interface, and two others',
    subject(net({ wiredMac: '00:00:5e:00:53:0a' }), likewise({ mac: { fits: 2, strays: 0 } })),
    [],
  ],
  [
    'an output that went off',
    subject(part({ hdmi: 'false' }), changed('peripherals.hdmi', 'true', 'false')),
    ['display-lost'],
  ],
  [
    'an output that came on',
    subject(part({ hdmi: 'true' }), changed('peripherals.hdmi', 'false', 'true')),
    [],
  ],
  ['an output that was always off', subject(part({ hdmi: 'false' })), []],
  ['another device in its room', subject({}, { roommates: [other()] }), ['two-devices-in-room']],
  [
    'away three times within a day',
    subject(
      {},
      turns(
        ['idle', HOUR],
        ['offline', 2 * HOUR],
        ['idle', 3 * HOUR],
        ['offline', 4 * HOUR],
        ['offline', 23 * HOUR],
      ),
    ),
    ['flapping'],
  ],
  [
    'away twice within a day',
    subject(
      {},
      turns(
        ['idle', HOUR],
        ['offline', 2 * HOUR],
        ['idle', 3 * HOUR],
        ['offline', 4 * HOUR],
        ['offline', 25 * HOUR],
      ),
    ),
    [],
  ],
  ['unused for four days after daily use', subject({}, used(4 * DAY)), ['unusually-quiet']],
  ['unused over a weekend after daily use', subject({}, used(2.9 * DAY)), []],
  [
    'unused for four days, as once before',
    subject({}, { states: [...(used(4 * DAY).states ?? []), ...(turns(['idle', 16 * DAY]).states ?? [])] }),
    [],
  ],
];
