import { expect, test } from 'vitest';
import { room } from '#lib/testing/fleet.ts';
import { roomIssues } from './room-issues.ts';

const indexed = (
  deviceKeys: string[],
  said: { detailAt?: number | null; removedAt?: number | null } = {},
) => ({
  room: {
    ...room({ id: 'r1' }),
    firstSeenAt: 1,
    observedAt: 1_000,
    detailAt: 1_000,
    removedAt: null,
    ...said,
  },
  path: [],
  groupId: null,
  deviceKeys,
  states: {},
  state: null,
  reported: null,
});

test('a room that was read and has no device has an issue with the time of the reading', () => {
  expect(roomIssues(indexed([]))).toEqual([
    {
      code: 'room-without-device',
      severity: 'info',
      evidence: [
        { field: 'room.devices', value: 0, at: '1970-01-01T00:00:01.000Z', source: 'sweep', of: null },
      ],
    },
  ]);
});

test('no issue is found for a room with a device, one that was only listed, and a removed one', () => {
  expect(roomIssues(indexed(['1']))).toEqual([]);
  expect(roomIssues(indexed([], { detailAt: null }))).toEqual([]);
  expect(roomIssues(indexed([], { removedAt: 2_000 }))).toEqual([]);
});
