import { noteChange, noteName } from '#lib/api/notes/note-requests.ts';
import { route } from '#lib/http/route.ts';
import { editNote, setNoteRemoved } from '#lib/services/notes/notes.ts';

export const dynamic = 'force-dynamic';

export const PUT = route('PUT /api/v1/notes/[noteId]', {
  input: noteChange,
  answer: async ({ services, operator, input: { noteId: id, ...change }, from }) => {
    if ('text' in change) return editNote(services, operator, { id, text: change.text }, from);
    await setNoteRemoved(services, operator, { id, removed: false }, from);
    return { removed: false };
  },
});

export const DELETE = route('DELETE /api/v1/notes/[noteId]', {
  status: 204,
  input: noteName,
  answer: ({ services, operator, input: { noteId: id }, from }) =>
    setNoteRemoved(services, operator, { id, removed: true }, from),
});
