import { randomUUID } from 'node:crypto';
import type { NotesAnswer, ShownNote } from '#lib/api/notes/note-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import { can, type Operator } from '#lib/domain/access/operator.ts';
import type { AuditAction } from '#lib/domain/audit/audit.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { AppError } from '#lib/domain/errors.ts';
import { RETENTION_MS } from '#lib/domain/history/retention.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import { MOST_NOTES, type Note, type NoteSubject } from '#lib/domain/notes/note.ts';
import { audited } from '#lib/services/audit/audit.ts';
import type { ServiceContext } from '#lib/services/context.ts';

type Writing = Pick<ServiceContext, 'store' | 'clock' | 'limits'>;

/** Notes in one answer; older ones stay in the store. */
const MOST_SHOWN = 100;

/** Notes about a device or room, newest first. Throws not-permitted. */
export async function listNotes(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  operator: Operator,
  about: NoteSubject,
): Promise<NotesAnswer> {
  assertCan(operator.role, 'see-notes');
  const { notes, total } = await store.notesAbout(about, MOST_SHOWN);
  const now = clock.now();
  return { items: notes.map((note) => shownNote(note, operator, now)), total };
}

/** The same for a page, with their subject; null for a role that may not see notes, and for an unknown subject. */
export async function notesOn(
  context: Pick<ServiceContext, 'store' | 'clock'>,
  operator: Operator,
  subject: { ref: DeviceRef } | { roomId: string },
): Promise<{ about: NoteSubject; first: NotesAnswer } | null> {
  if (!can(operator.role, 'see-notes')) return null;
  const about = await subjectOf(context.store, subject);
  return about && { about, first: await listNotes(context, operator, about) };
}

async function subjectOf(
  store: ServiceContext['store'],
  subject: { ref: DeviceRef } | { roomId: string },
): Promise<NoteSubject | null> {
  if ('roomId' in subject) return { kind: 'room', key: subject.roomId };
  const { ref } = subject;
  const key = (await store.keyOf(ref)) ?? (ref.by === 'deviceId' ? ref.id : null);
  return key === null ? null : { kind: 'device', key };
}

/**
 * Adds a note about a known device or room. Throws not-permitted, too-many-questions, device-not-found, room-not-found,
 * invalid-question.too-many.
 */
export async function writeNote(
  { store, clock, limits, inventory }: Writing & Pick<ServiceContext, 'inventory'>,
  caller: Caller,
  { about, text }: { about: NoteSubject; text: string },
): Promise<ShownNote> {
  const { operator } = caller;
  assertCan(operator.role, 'write-notes');
  await limits.note(caller);
  const { fleet, rooms } = await inventory.current();
  const known = about.kind === 'device' ? fleet.get(about.key) : rooms.get(about.key);
  if (!known)
    throw new AppError(about.kind === 'device' ? 'device-not-found.not-known-yet' : 'room-not-found.room');
  if ((await store.countNotes(about)) >= MOST_NOTES) throw new AppError('invalid-question.too-many');
  const { subject, name } = operator;
  const now = clock.now();
  const note: Note = {
    id: randomUUID(),
    about,
    author: { subject, name },
    text,
    writtenAt: now,
    editedAt: null,
    removedAt: null,
    removedBy: null,
  };
  await store.addNote(note);
  return shownNote(note, operator, now);
}

/**
 * Changes the caller's own note; admins cannot change notes of others. Throws not-permitted, too-many-questions,
 * not-found.
 */
export async function editNote(
  { store, clock, limits }: Writing,
  caller: Caller,
  { id, text }: { id: string; text: string },
): Promise<ShownNote> {
  const { operator } = caller;
  assertCan(operator.role, 'write-notes');
  await limits.note(caller);
  const note = await noteThere(store, id);
  if (note.author.subject !== operator.subject) throw new AppError('not-permitted.note');
  const now = clock.now();
  if (!(await store.editNote(id, text, now))) throw new AppError('not-found.note');
  return shownNote({ ...note, text, editedAt: now }, operator, now);
}

/**
 * Removes a note, or restores one within a day. Its author and admins may remove it; whoever removed it and admins may
 * restore it, so an author cannot undo an admin's removal. It is audited first, unless authors remove their own note or
 * undo their own removal. Throws not-permitted, too-many-questions, not-found, internal.audit.
 */
export async function setNoteRemoved(
  context: Writing & Pick<ServiceContext, 'audit'>,
  caller: Caller,
  { id, removed }: { id: string; removed: boolean },
): Promise<void> {
  const { operator, source } = caller;
  assertCan(operator.role, 'write-notes');
  const { store, clock, limits } = context;
  await limits.note(caller);
  const note = removed ? await noteThere(store, id) : await store.note(id);
  if (!note) throw new AppError('not-found.note');
  const { author, removedAt, removedBy } = note;
  const isTheirs = (subject: string | null) => subject === operator.subject;
  if (!isTheirs(removedBy ?? author.subject) && !can(operator.role, 'remove-any-note'))
    throw new AppError('not-permitted.note');
  // It is restored already.
  if (!removed && removedAt === null) return;
  const now = clock.now();
  const since = now - RETENTION_MS.removedNotes;
  if (removedAt !== null && removedAt < since) throw new AppError('not-found.note');
  const work = async () => {
    if (removed) return void (await store.removeNote(id, operator.subject, now));
    const isBack = await store.restoreNote(id, { removedBy: removedBy ?? '', since }, now);
    // Another person has removed it meanwhile, or it is deleted.
    if (!isBack) throw new AppError('not-found.note');
  };
  if (isTheirs(author.subject) && (removed || isTheirs(removedBy))) return work();
  const action: AuditAction = removed ? 'note-removed' : 'note-restored';
  const target = { kind: note.about.kind, id: note.about.key.replace(/^union /, '') };
  const about = `${note.id} by ${author.name} (${author.subject})`;
  return audited(context, { by: operator, source, action, target, about }, work);
}

async function noteThere(store: ServiceContext['store'], id: string): Promise<Note> {
  const note = await store.note(id);
  if (!note || note.removedAt !== null) throw new AppError('not-found.note');
  return note;
}

const mayRemove = ({ author }: Note, { subject, role }: Operator) =>
  author.subject === subject || can(role, 'remove-any-note');

function shownNote(note: Note, operator: Operator, now: number): ShownNote {
  const own = note.author.subject === operator.subject;
  return {
    noteId: note.id,
    text: note.text,
    by: note.author.name,
    writtenAt: iso(note.writtenAt),
    editedAt: isoOrNull(note.editedAt),
    ageMs: Math.max(0, now - note.writtenAt),
    own,
    mayRemove: mayRemove(note, operator),
  };
}
