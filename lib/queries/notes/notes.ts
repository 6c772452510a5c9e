import { queryOptions } from '@tanstack/react-query';
import type { NotesAnswer, ShownNote } from '#lib/api/notes/note-answers.ts';
import type { NoteSubject } from '#lib/domain/notes/note.ts';
import { fetchJson, sendJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

/** What people left about a device or a room. */
export function notesQuery(reader: Reader, { kind, key }: NoteSubject) {
  const asked = new URLSearchParams({ kind, key });
  return queryOptions({
    queryKey: ['notes', reader.key, kind, key],
    queryFn: async ({ signal }) => (await fetchJson(`/api/v1/notes?${asked}`, signal)) as NotesAnswer,
  });
}

const pathOf = (noteId: string) => `/api/v1/notes/${noteId}`;

export const writeNote = async (about: NoteSubject, text: string) =>
  (await sendJson('POST', '/api/v1/notes', { ...about, text })) as ShownNote;

export const editNote = async (noteId: string, text: string) =>
  (await sendJson('PUT', pathOf(noteId), { text })) as ShownNote;

/** Takes a note away, or brings it back. */
export async function setNoteRemoved(noteId: string, removed: boolean): Promise<void> {
  if (removed) await sendJson('DELETE', pathOf(noteId));
  else await sendJson('PUT', pathOf(noteId), { removed: false });
}
