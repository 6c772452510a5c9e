import { route } from '#lib/http/route.ts';
import { editNote, setNoteRemoved } from '#lib/services/notes/notes.ts';

export const dynamic = 'force-dynamic';

export const PUT = route('PUT /api/v1/notes/[noteId]', {
  answer: async ({ services, operator, input: { noteId: id, ...change }, from }) => {
    if ('text' in change) return editNote(services, operator, { id, text: change.text }, from);
    await setNoteRemoved(services, operator, { id, removed: false }, from);
    return { removed: false as const };
  },
});

export const DELETE = route('DELETE /api/v1/notes/[noteId]', {
  answer: ({ services, operator, input: { noteId: id }, from }) =>
    setNoteRemoved(services, operator, { id, removed: true }, from),
});
