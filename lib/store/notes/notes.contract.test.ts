import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RETENTION_MS, type RetentionPlace } from '#lib/domain/history/retention.ts';
import type { Note } from '#lib/domain/notes/note.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { room } from '#lib/testing/fleet.ts';
import { reading } from '#lib/testing/reading.ts';

const DEVICE = { kind: 'device', key: '1234' } as const;
const ROOM = { kind: 'room', key: '1234' } as const;

const note = (id: string, writtenAt: number, given: Partial<Note> = {}): Note => ({
  id,
  about: DEVICE,
  author: { subject: 'oidc:anna', name: 'Anna' },
  text: `text of ${id}`,
  writtenAt,
  editedAt: null,
  removedAt: null,
  removedBy: null,
  ...given,
});

describe.each(ENGINES)('notes on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  beforeAll(async () => {
    engine = await start();
  });
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
  });
  afterAll(() => engine.stop());

  const idsOf = async (about: Note['about'], limit = 10) =>
    (await store.notesAbout(about, limit)).notes.map(({ id }) => id);

  test('returns none at first', async () => {
    expect(await store.notesAbout(DEVICE, 10)).toEqual({ notes: [], total: 0 });
    expect(await store.note('a')).toBeNull();
  });

  test('lists the newest first, separately for a device and a room of one name', async () => {
    const [older, newer] = [note('a', 10), note('b', 20, { editedAt: 25 })];
    await store.addNote(older);
    await store.addNote(newer);
    await store.addNote(note('c', 15, { about: ROOM }));
    expect(await store.notesAbout(DEVICE, 10)).toEqual({ notes: [newer, older], total: 2 });
    expect(await idsOf(ROOM)).toEqual(['c']);
    expect(await store.note('a')).toEqual(older);
  });

  test('counts all of them, however few are requested', async () => {
    for (let at = 1; at <= 4; at += 1) await store.addNote(note(`n${at}`, at));
    await store.removeNote('n2', 'oidc:anna', 9);
    const { notes, total } = await store.notesAbout(DEVICE, 2);
    expect(notes.map(({ id }) => id)).toEqual(['n4', 'n3']);
    expect(total).toBe(3);
    expect([await store.countNotes(DEVICE), await store.countNotes(ROOM)]).toEqual([4, 0]);
  });

  test('keeps author and time when edited, and edits only existing ones', async () => {
    await store.addNote(note('a', 10));
    expect(await store.editNote('a', 'other', 30)).toBe(true);
    expect(await store.note('a')).toEqual(note('a', 10, { text: 'other', editedAt: 30 }));
    await store.removeNote('a', 'oidc:anna', 40);
    expect(await store.editNote('a', 'third', 50)).toBe(false);
    expect(await store.editNote('none', 'third', 50)).toBe(false);
    expect((await store.note('a'))?.text).toBe('other');
  });

  test('hides a removed note, restores it unchanged, and does each once', async () => {
    const restore = (removedBy: string, since: number) => store.restoreNote('a', { removedBy, since }, 40);
    await store.addNote(note('a', 10));
    expect(await restore('oidc:chief', 0)).toBe(false);
    expect(await store.removeNote('a', 'oidc:chief', 20)).toBe(true);
    expect(await store.removeNote('a', 'oidc:anna', 30)).toBe(false);
    expect(await idsOf(DEVICE)).toEqual([]);
    expect(await store.note('a')).toEqual(note('a', 10, { removedAt: 20, removedBy: 'oidc:chief' }));
    expect(await restore('oidc:anna', 0)).toBe(false);
    expect(await restore('oidc:chief', 21)).toBe(false);
    expect(await restore('oidc:chief', 20)).toBe(true);
    expect(await restore('oidc:chief', 20)).toBe(false);
    expect(await store.notesAbout(DEVICE, 10)).toEqual({ notes: [note('a', 10)], total: 1 });
  });

  test('notifies open pages of every change and of nothing else', async () => {
    const before = await store.feedHead();
    await store.addNote(note('a', 10));
    await store.editNote('a', 'other', 20);
    await store.editNote('none', 'other', 20);
    await store.removeNote('a', 'oidc:anna', 30);
    await store.removeNote('a', 'oidc:anna', 40);
    const entries = await store.feedAfter(before, 10);
    expect(entries?.map(({ at, kind, key }) => [at, kind, key])).toEqual([
      [10, 'note', 'device 1234'],
      [20, 'note', 'device 1234'],
      [30, 'note', 'device 1234'],
    ]);
  });

  test('keeps a note permanently, and a removed one for a day', async () => {
    const now = 1_000 * RETENTION_MS.removedNotes;
    await store.addNote(note('old', 10));
    for (const [id, removedAt] of [
      ['removed', now - RETENTION_MS.removedNotes - 1],
      ['back', now - RETENTION_MS.removedNotes + 1],
    ] as const) {
      await store.addNote(note(id, 10));
      await store.removeNote(id, 'oidc:anna', removedAt);
    }
    let place: RetentionPlace | null = null;
    do ({ next: place } = await store.deleteOld(place, now));
    while (place !== null);
    expect(await idsOf(DEVICE)).toEqual(['old']);
    expect(await store.note('removed')).toBeNull();
    expect(await store.note('back')).not.toBeNull();
  });

  test('keeps notes and pins about a device that was known by its union ID alone', async () => {
    const { run } = await store.startDiscovery({ id: 'run', depth: 'full', startedBy: null, at: 1 });
    const where = room({ id: 'room', name: 'Room', deviceUnionIds: ['lmvU'] });
    await store.recordRoomDetail(run.id, where, 2);
    const found = { kind: 'device', key: 'union lmvU' } as const;
    await store.addNote(note('a', 10, { about: found }));
    await store.pin('anna', { ...found, at: 10 });
    await store.recordReading(
      { by: 'unionId', id: 'lmvU' },
      reading({ observedAt: 20, device: { deviceId: '1234', unionId: 'lmvU' } }),
    );
    expect(await idsOf(DEVICE)).toEqual(['a']);
    expect(await idsOf(found)).toEqual([]);
    expect(await store.pins('anna')).toEqual([{ ...DEVICE, at: 10 }]);
  });

  test('stores text that databases reject, and keeps line breaks', async () => {
    const text = `x'; --\u0000\ud800\n\u2028<script>\t\u202e大`;
    await store.addNote(note('a', 10, { text }));
    expect((await store.note('a'))?.text).toBe(`x'; --\ufffd\n\u2028<script>\t\u202e大`);
  });
});
