import { expect, test } from 'vitest';
import { EVERY_DEVICE } from './fleet-filter.ts';
import { labelsPath, readLabelQuestion, sheetsOf } from './label.ts';

const read = (path: string) => readLabelQuestion(new URL(path, 'http://desk').searchParams);

test('the selection is read back from the address', () => {
  const chosen = {
    devices: ['1234', '5678'],
    question: { ...EVERY_DEVICE, room: 'r', facets: { ...EVERY_DEVICE.facets, status: ['offline'] } },
    size: 'large' as const,
  };
  expect(read(labelsPath(chosen))).toEqual(chosen);
  expect(labelsPath({})).toBe('/labels');
});

test('invalid values are replaced by defaults, and a snapshot has no labels', () => {
  expect(read('/labels?size=huge&device=&device=1&device=1&at=2026-01-01')).toEqual({
    devices: ['1'],
    question: EVERY_DEVICE,
    size: 'small',
  });
});

test('labels fill one sheet after another', () => {
  const labels = Array.from({ length: 25 }, (_, at) => ({ deviceId: String(at), name: null, room: null }));
  expect(sheetsOf(labels, 'small').map((sheet) => sheet.length)).toEqual([24, 1]);
  expect(sheetsOf(labels, 'large').map((sheet) => sheet.length)).toEqual([6, 6, 6, 6, 1]);
  expect(sheetsOf([], 'small')).toEqual([]);
});
