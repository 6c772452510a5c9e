import { describe, expect, test } from 'vitest';
import { EVERY_DEVICE } from '#lib/domain/inventory/fleet-filter.ts';
import {
  fleetAddress,
  isNarrowed,
  nextSort,
  readFleetAddress,
  USUAL_COLUMNS,
  withoutFilters,
  withQuestion,
  withValueTurned,
} from './fleet-address.ts';

const read = (text: string) => readFleetAddress(new URLSearchParams(text));

describe('the address of a device list', () => {
  test('without parameters lists every device with the default columns, and stays short', () => {
    const address = read('');
    expect(address).toEqual({ question: EVERY_DEVICE, columns: USUAL_COLUMNS });
    expect(fleetAddress(address).toString()).toBe('');
  });

  test('keeps columns in their own order and omits unknown ones', () => {
    expect(read('columns=seen,model,nonsense').columns).toEqual(['model', 'seen']);
    expect(read('columns=').columns).toEqual([]);
    expect(fleetAddress(read('columns=')).get('columns')).toBe('');
  });

  test('selects and deselects a value without changing anything else', () => {
    const chosen = withValueTurned(read('q=a&columns=mac&status=offline'), 'model', null);
    expect(chosen.toString()).toBe('q=a&status=offline&model=%28none%29&columns=mac');
    expect(withValueTurned(readFleetAddress(chosen), 'model', null).toString()).toBe(
      'q=a&status=offline&columns=mac',
    );
  });

  test('clears filters, but not order and columns', () => {
    const address = read('q=a&status=offline&room=r1&sort=-seen&columns=mac');
    expect(isNarrowed(address.question)).toBe(true);
    expect(withoutFilters(address).toString()).toBe('sort=-seen&columns=mac');
    expect(isNarrowed(readFleetAddress(withoutFilters(address)).question)).toBe(false);
  });

  test('changes one filter alone', () => {
    expect(withQuestion(read('status=idle'), { q: '西湖' }).get('status')).toBe('idle');
  });

  test('sorts by a header, then reverses; readings start with the newest', () => {
    expect(nextSort('name', 'model')).toBe('model');
    expect(nextSort('model', 'model')).toBe('-model');
    expect(nextSort('-model', 'model')).toBe('model');
    expect(nextSort('name', 'seen')).toBe('-seen');
    expect(nextSort('-seen', 'seen')).toBe('seen');
  });
});
