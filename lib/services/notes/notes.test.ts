import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operator } from '#lib/domain/access/operator.ts';
import { EVERY_ENTRY } from '#lib/domain/audit/audit-filter.ts';
import { MOST_NOTES } from '#lib/domain/notes/note.ts';
import { listAudit } from '#lib/services/audit/list-audit.ts';
import { type App, callerOf, openApp, person } from '#lib/testing/app.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { editNote, listNotes, notesOn, setNoteRemoved, writeNote } from './notes.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
});
beforeEach(async () => {
  await app.reset();
  await recordKnownWorld(app.services.store, app.clock.now() - 1_000);
});
afterAll(() => app.close());

const DEVICE = { kind: 'device', key: '1001' } as const;
const [anna, ben] = [
  { ...person('support', 'anna'), name: 'Anna' },
  { ...person('support', 'ben'), name: 'Ben' },
];
const chief = { ...person('admin', 'chief'), name: 'Chief' };

const leave = (operator: Operator, text: string) =>
  writeNote(app.services, callerOf(operator), { about: DEVICE, text });
const texts = async (operator: Operator) =>
  (await listNotes(app.services, operator, DEVICE)).items.map(({ text }) => text);
const take = (operator: Operator, id: string, removed = true) =>
  setNoteRemoved(app.services, callerOf(operator), { id, removed });
const audited = async () => {
  const { items } = await listAudit(app.services, chief, EVERY_ENTRY, { before: null, limit: 50 });
  return items.filter(({ action }) => action.startsWith('note-'));
};

describe('a note', () => {
  test('is visible to colleagues, with author and time, and only its author may change it', async () => {
    const { noteId } = await leave(anna, 'The cable is loose');
    app.clock.move(5_000);
    const [seen] = (await listNotes(app.services, ben, DEVICE)).items;
    expect(seen).toMatchObject({ noteId, by: 'Anna', own: false, mayRemove: false });
    expect(seen?.ageMs).toBeGreaterThanOrEqual(5_000);
    for (const other of [ben, chief]) {
      await expect(editNote(app.services, callerOf(other), { id: noteId, text: 'No' })).rejects.toMatchObject(
        {
          reason: 'not-permitted.note',
        },
      );
    }
    const changed = await editNote(app.services, callerOf(anna), { id: noteId, text: 'The cable was loose' });
    expect(changed).toMatchObject({ own: true, text: 'The cable was loose' });
    expect(changed.editedAt).not.toBeNull();
    expect(await texts(ben)).toEqual(['The cable was loose']);
  });

  test('needs a known device or room', async () => {
    const about = (kind: 'device' | 'room', key: string) => ({ about: { kind, key }, text: 'x' });
    await expect(writeNote(app.services, callerOf(anna), about('device', 'nobody'))).rejects.toMatchObject({
      reason: 'device-not-found.not-known-yet',
    });
    await expect(writeNote(app.services, callerOf(anna), about('room', '1001'))).rejects.toMatchObject({
      reason: 'room-not-found.room',
    });
    await writeNote(app.services, callerOf(anna), about('room', 'room-big'));
    const on = await notesOn(app.services, anna, { roomId: 'room-big' });
    expect(on?.first.items).toHaveLength(1);
  });

  test('of a device is the same under either of its IDs, and hidden from a viewer', async () => {
    await leave(anna, 'hello');
    for (const ref of [
      { by: 'deviceId', id: '1001' },
      { by: 'unionId', id: 'union-1' },
    ] as const) {
      expect((await notesOn(app.services, ben, { ref }))?.first.items).toHaveLength(1);
      expect(await notesOn(app.services, person('viewer'), { ref })).toBeNull();
    }
    expect(await notesOn(app.services, ben, { ref: { by: 'unionId', id: 'nobody' } })).toBeNull();
  });

  test('of one’s own is removed and restored without an audit entry', async () => {
    const { noteId } = await leave(anna, 'hello');
    await take(anna, noteId);
    expect(await texts(anna)).toEqual([]);
    await expect(take(anna, noteId)).rejects.toMatchObject({ reason: 'not-found.note' });
    await expect(editNote(app.services, callerOf(anna), { id: noteId, text: 'x' })).rejects.toMatchObject({
      reason: 'not-found.note',
    });
    await take(anna, noteId, false);
    expect(await texts(ben)).toEqual(['hello']);
    expect(await audited()).toEqual([]);
  });

  test('of another person is removed by an admin, which is audited without its text', async () => {
    const { noteId } = await leave(anna, 'hello');
    await expect(take(ben, noteId)).rejects.toMatchObject({ reason: 'not-permitted.note' });
    await take(chief, noteId);
    await expect(take(ben, noteId, false)).rejects.toMatchObject({ reason: 'not-permitted.note' });
    await take(chief, noteId, false);
    const entries = await audited();
    expect(entries.map(({ action, outcome, target }) => [action, outcome, target])).toEqual([
      ['note-restored', 'done', { kind: 'device', id: '1001' }],
      ['note-removed', 'done', { kind: 'device', id: '1001' }],
    ]);
    expect(entries[0]?.about).toBe(`${noteId} by Anna (test:anna)`);
    expect(JSON.stringify(entries)).not.toContain('hello');
  });

  test('that an admin removed is not restored by its author, and an admin restores any note', async () => {
    const { noteId } = await leave(anna, 'hello');
    await take(chief, noteId);
    await expect(take(anna, noteId, false)).rejects.toMatchObject({ reason: 'not-permitted.note' });
    expect(await texts(anna)).toEqual([]);
    const second = { ...person('admin', 'second'), name: 'Second' };
    await take(second, noteId, false);
    await take(second, noteId, false);
    expect(await texts(anna)).toEqual(['hello']);
    await take(anna, noteId);
    await take(chief, noteId, false);
    expect((await audited()).map(({ action, who }) => `${action} ${who.subject}`)).toEqual([
      'note-restored test:chief',
      'note-restored test:second',
      'note-removed test:chief',
    ]);
  });

  test('of an admin that another admin removed is restored with an audit entry', async () => {
    const { noteId } = await leave(chief, 'hello');
    await take({ ...person('admin', 'second'), name: 'Second' }, noteId);
    await take(chief, noteId, false);
    expect((await audited()).map(({ action }) => action)).toEqual(['note-restored', 'note-removed']);
  });

  test('can be restored within a day and no later, deleted or not', async () => {
    const { noteId } = await leave(anna, 'hello');
    await take(anna, noteId);
    app.clock.move(24 * 60 * 60_000 - 60_000);
    await take(anna, noteId, false);
    await take(anna, noteId);
    app.clock.move(24 * 60 * 60_000 + 60_000);
    for (const who of [anna, chief]) {
      await expect(take(who, noteId, false)).rejects.toMatchObject({ reason: 'not-found.note' });
    }
    expect(await texts(anna)).toEqual([]);
  });

  test('belongs to a person: a script that changes notes endlessly is limited', async () => {
    const { noteId } = await leave(anna, 'hello');
    await editNote(app.services, callerOf(anna), { id: noteId, text: 'x' });
    await take(anna, noteId);
    for (let nth = 3; nth < 60; nth += 1) await take(anna, noteId, false);
    const held = { reason: 'too-many-questions.person' };
    await expect(leave(anna, 'more')).rejects.toMatchObject(held);
    await expect(editNote(app.services, callerOf(anna), { id: noteId, text: 'y' })).rejects.toMatchObject(
      held,
    );
    await expect(take(anna, noteId)).rejects.toMatchObject(held);
    await leave(ben, 'in time');
  });

  test('counts toward a limit for each device, also when it was removed and can be restored', async () => {
    const { store, clock } = app.services;
    const author = { subject: 'test:anna', name: 'Anna' };
    const at = { writtenAt: clock.now(), editedAt: null, removedAt: null, removedBy: null };
    for (let nth = 1; nth < MOST_NOTES; nth += 1)
      await store.addNote({ id: `n${nth}`, about: DEVICE, author, text: 'x', ...at });
    const { noteId } = await leave(anna, 'the last');
    const full = { reason: 'invalid-question.too-many' };
    await expect(leave(ben, 'one more')).rejects.toMatchObject(full);
    await take(anna, noteId);
    await expect(leave(ben, 'one more')).rejects.toMatchObject(full);
    const room = { about: { kind: 'room', key: 'room-big' }, text: 'x' } as const;
    await writeNote(app.services, callerOf(ben), room);
  });
});
