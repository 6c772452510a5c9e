import { PEOPLE } from '../people/people.ts';
import { type Control, refusedControl } from './control.ts';

const DEVICE = '/__control/devices/{deviceId}';

const unknownDevice = (deviceId = '') => refusedControl(`there is no device ${deviceId}`, 404);

export const WORLD_CONTROLS: readonly Control[] = [
  {
    method: 'GET',
    path: '/__control/world',
    meaning: 'counts, people, and one device or room for each scenario',
    run: (_question, { dingtalk: { world } }) => ({
      body: { seed: world.seed, counts: world.counts, scenarios: world.notables(), people: PEOPLE },
    }),
  },
  {
    method: 'GET',
    path: DEVICE,
    meaning: 'the device as DingTalk would return it',
    run: ({ params: { deviceId = '' } }, { dingtalk: { world } }) => {
      const device = world.byDeviceId(deviceId);
      return device ? { body: device } : unknownDevice(deviceId);
    },
  },
  {
    method: 'PATCH',
    path: DEVICE,
    body: '{field: value, ...}; null takes the field away; unknown fields are served as they are',
    meaning: 'changes what the device says of itself; answers the whole device',
    run: ({ params: { deviceId = '' }, body }, { dingtalk: { world } }) => {
      const device = world.change(deviceId, body);
      return device ? { body: device } : unknownDevice(deviceId);
    },
  },
  {
    method: 'DELETE',
    path: DEVICE,
    meaning: 'removes the device from DingTalk',
    run: ({ params: { deviceId = '' } }, { dingtalk: { world } }) =>
      world.remove(deviceId) ? { body: { removed: deviceId } } : unknownDevice(deviceId),
  },
];
