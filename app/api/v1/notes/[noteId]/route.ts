import { route } from '#lib/http/route.ts';
import { editNote, setNoteRemoved } from '#lib/services/notes/notes.ts';

export const dynamic = 'force-dynamic';

export const PUT = route('PUT /api/v1/notes/[noteId]', {
  answer: async ({ services, caller, input: { noteId: id, ...change } }) => {
    if ('text' in change) return editNote(services, caller, { id, text: change.text });
    await setNoteRemoved(services, caller, { id, removed: false });
    return { removed: false as const };
  },
});

export const DELETE = route('DELETE /api/v1/notes/[noteId]', {
  answer: ({ services, caller, input: { noteId: id } }) =>
    setNoteRemoved(services, caller, { id, removed: true }),
});
