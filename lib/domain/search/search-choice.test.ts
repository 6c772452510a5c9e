import { describe, expect, test } from 'vitest';
import { chosenPath } from './search-choice.ts';

type Found = Parameters<typeof chosenPath>[0];
type Match = Found['matches'][number];

const match = (id: string, exact: boolean): Match => ({ path: `/devices/${id}`, why: { exact } });
const answer = (matches: Match[], unknown: string[] = []): Found => ({
  matches,
  unknownIds: unknown.map((id) => ({ by: /^\d+$/.test(id) ? 'deviceId' : 'unionId', id })),
});

describe('the immediate target of a search', () => {
  test.each<[what: string, found: Found, path: string | null]>([
    ['one exact match', answer([match('1', true)]), '/devices/1'],
    ['one exact match before others', answer([match('1', true), match('12', false)]), '/devices/1'],
    ['two exact matches', answer([match('1', true), match('2', true)]), null],
    ['the only match in words', answer([match('1', false)]), '/devices/1'],
    ['several in words', answer([match('1', false), match('2', false)]), null],
    ['a match and an unknown ID', answer([match('1', true)], ['1234']), null],
    ['an unknown device ID', answer([], ['1234']), '/devices/1234'],
    ['an unknown union ID', answer([], ['lPHhSZDLXpBlC9lxLwiEiE']), '/devices/union/lPHhSZDLXpBlC9lxLwiEiE'],
    ['a word that is more likely a name', answer([], ['Xihu']), null],
    ['two unknown IDs', answer([], ['1234', '2345']), null],
    ['nothing', answer([]), null],
  ])('%s', (_what, found, path) => {
    expect(chosenPath(found)).toBe(path);
  });
});
