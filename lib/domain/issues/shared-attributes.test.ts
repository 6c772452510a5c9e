import { describe, expect, test } from 'vitest';
import { type CommonAttribute, commonValues, type Tally } from './shared-attributes.ts';

type Counts = [value: string, have: number, others: number][];

const tally = (devices: number, others: number, said: Partial<Record<CommonAttribute, Counts>>): Tally => ({
  devices,
  others,
  values: Object.fromEntries(
    Object.entries(said).map(([attribute, counts]) => [
      attribute,
      new Map(counts.map(([value, have, some]) => [value, { have, others: some }])),
    ]),
  ),
});

describe('the shared attributes of devices with one issue', () => {
  test('are rare among the others, with their exact probability times the values tested', () => {
    const found = commonValues(
      tally(14, 120, {
        subnet: [['10.20.31.0/24', 14, 2]],
        model: [
          ['M1', 8, 70],
          ['M2', 6, 50],
        ],
      }),
    );
    expect(found).toMatchObject([
      {
        attribute: 'subnet',
        value: '10.20.31.0/24',
        with: { have: 14, of: 14 },
        without: { have: 2, of: 120 },
      },
    ]);
    // 120 / C(134, 14), of three values tested.
    expect((found[0]?.chance ?? 0) / 3 / 3.51146725571605e-17).toBeCloseTo(1, 6);
  });

  test('are reported when one of the devices lacks them', () => {
    const [found] = commonValues(tally(14, 120, { firmware: [['F', 13, 40]] }));
    expect(found).toMatchObject({ attribute: 'firmware', with: { have: 13, of: 14 } });
    expect((found?.chance ?? 0) / 2.064649405365689e-5).toBeCloseTo(1, 6);
  });

  test('are neither what all devices have nor what less than half of these have', () => {
    expect(commonValues(tally(14, 120, { model: [['M', 14, 120]] }))).toEqual([]);
    expect(commonValues(tally(14, 120, { model: [['M', 6, 0]] }))).toEqual([]);
  });

  test('need two devices, and more than a coincidence', () => {
    expect(commonValues(tally(1, 500, { camera: [['C', 1, 0]] }))).toEqual([]);
    expect(commonValues(tally(2, 8, { camera: [['C', 2, 1]] })), '1 of 15').toEqual([]);
    expect(commonValues(tally(2, 500, { camera: [['C', 2, 0]] }))).toHaveLength(1);
  });

  test('need more evidence when more values were tested', () => {
    const firmware: Counts = [['F', 4, 8]];
    // 1/143 * ... stays below one in a hundred alone, and not among twenty.
    const alone = commonValues(tally(5, 60, { firmware }));
    expect(alone).toHaveLength(1);
    const software = Array.from({ length: 19 }, (_, at): [string, number, number] => [`S${at}`, 2, 20]);
    expect(commonValues(tally(5, 60, { firmware, software }))).toEqual([]);
  });

  test('have the least probable value of each attribute, the least probable first', () => {
    const found = commonValues(
      tally(10, 300, {
        group: [['floor', 10, 3]],
        firmware: [
          ['F1', 10, 30],
          ['F2', 9, 200],
        ],
        subnet: [['10.1.1.0/24', 10, 1]],
      }),
    );
    expect(found.map(({ attribute, value }) => `${attribute} ${value}`)).toEqual([
      'subnet 10.1.1.0/24',
      'group floor',
      'firmware F1',
    ]);
  });
});
