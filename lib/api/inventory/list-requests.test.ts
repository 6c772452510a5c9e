import { describe, expect, test } from 'vitest';
import { EVERY_DEVICE, EVERY_ROOM, MAX_QUERY_LENGTH, NOW } from '#lib/domain/inventory/fleet-filter.ts';
import {
  fleetPage,
  fleetWhole,
  pinQuestion,
  roomsPage,
  searchQuestion,
  viewToSave,
} from './list-requests.ts';

const ok = (schema: typeof fleetPage | typeof roomsPage | typeof viewToSave, input: object) =>
  schema.safeParse(input).success;

describe('the device list request', () => {
  test('lists everything by default, the first fifty rows', () => {
    expect(fleetPage.parse({})).toEqual({ question: EVERY_DEVICE, page: { cursor: null, limit: 50 } });
    expect(fleetWhole.parse({})).toEqual(EVERY_DEVICE);
  });

  test('accepts one value or several, and the value for "not reported"', () => {
    const { question, page } = fleetPage.parse({
      q: 'x',
      status: 'offline',
      model: ['M1', '(none)'],
      group: '(none)',
      room: '(without)',
      sort: '-seen',
      cursor: 'abc',
      limit: '200',
    });
    expect(question).toEqual({
      q: 'x',
      facets: { ...EVERY_DEVICE.facets, status: ['offline'], model: ['M1', null], group: [null] },
      notification: null,
      room: '(without)',
      sort: '-seen',
      ...NOW,
    });
    expect(page).toEqual({ cursor: 'abc', limit: 200 });
  });

  test.each([
    { status: 'asleep' },
    { status: '(none)' },
    { status: ['offline', 'asleep'] },
    { sort: 'height' },
    { sort: '--name' },
    { sort: ['name', 'room'] },
    { q: ['a', 'b'] },
    { q: 'x'.repeat(MAX_QUERY_LENGTH + 1) },
    { room: ['a', 'b'] },
    { cursor: ['a', 'b'] },
    { cursor: 'x'.repeat(2_049) },
    ...['0', '201', '-1', '1.5', 'x', '', ['1', '2']].map((limit) => ({ limit })),
    { model: 'x'.repeat(513) },
    { model: Array.from({ length: 201 }, (_, index) => `${index}`) },
    { colour: 'red' },
    JSON.parse('{"__proto__": "x"}') as object,
  ])('is refused with %j', (input) => {
    expect(ok(fleetPage, input)).toBe(false);
  });

  test('has the moment that it names, and a second one to compare', () => {
    const [at, against] = ['2026-11-25T08:00:00Z', '2026-11-26'];
    const { question } = fleetPage.parse({ at, against });
    expect(question).toMatchObject({ at: Date.parse(at), against: Date.parse(against) });
    expect(roomsPage.parse({ at }).question).toMatchObject({ at: Date.parse(at), against: null });
    for (const input of [{ at: 'yesterday' }, { against }, { at: [at, at] }, { at: '' }]) {
      expect(fleetPage.safeParse(input).error?.issues[0]?.message).toBe('invalid-question.moment');
      expect(ok(roomsPage, input)).toBe(false);
    }
  });

  test('for everything has no pages', () => {
    expect(fleetWhole.safeParse({ limit: '5' }).success).toBe(false);
    expect(fleetWhole.safeParse({ cursor: 'x' }).success).toBe(false);
  });
});

describe('the room list request', () => {
  test('lists everything by default, and accepts filters', () => {
    expect(roomsPage.parse({ group: '' }).question).toEqual(EVERY_ROOM);
    const input = {
      status: ['idle', 'offline'],
      label: 'video',
      condition: 'removed',
      group: 'g',
      sort: '-capacity',
    };
    expect(roomsPage.parse(input).question).toEqual({ ...input, ...NOW, q: '', label: ['video'] });
  });

  test.each([
    { condition: 'open' },
    { condition: ['removed', 'removed'] },
    { group: ['a', 'b'] },
    { sort: 'model' },
    { room: 'x' },
  ])('is refused with %j', (input) => {
    expect(ok(roomsPage, input)).toBe(false);
  });
});

describe('other requests', () => {
  test('a search needs one text of at most a ticket’s length', () => {
    expect(searchQuestion.safeParse({ q: 'x'.repeat(MAX_QUERY_LENGTH) }).success).toBe(true);
    for (const q of ['x'.repeat(MAX_QUERY_LENGTH + 1), ['a', 'b'], undefined, 5]) {
      expect(searchQuestion.safeParse({ q }).success).toBe(false);
    }
  });

  test.each(['/devices', '/rooms?group=g', '/devices?q=a%20b&status=offline'])(
    'the view %s can be saved',
    (path) => {
      expect(ok(viewToSave, { name: 'x', path })).toBe(true);
    },
  );

  test.each([
    ...['//evil.example', 'https://evil.example/devices', '/devices/1234', '/devicesx', '/admin', ''],
    ...['/devices?a b', '/devices?a\\b', '/devices#x', '/devices?\nx', 'javascript:alert(1)', ' /devices'],
  ])('refuses to save %j as a view', (path) => {
    expect(ok(viewToSave, { name: 'x', path })).toBe(false);
  });

  test('a view has a name, and a pin or recent entry has a kind', () => {
    expect(ok(viewToSave, { name: '  ', path: '/devices' })).toBe(false);
    expect(ok(viewToSave, { name: 'x'.repeat(81), path: '/devices' })).toBe(false);
    expect(pinQuestion.safeParse({ kind: 'device', key: '1' }).success).toBe(true);
    for (const pin of [
      { kind: 'person', key: '1' },
      { kind: 'room', key: '' },
      { kind: 'room', key: 'x'.repeat(257) },
    ]) {
      expect(pinQuestion.safeParse(pin).success).toBe(false);
    }
  });
});
