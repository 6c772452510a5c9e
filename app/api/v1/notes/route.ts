import { route } from '#lib/http/route.ts';
import { listNotes, writeNote } from '#lib/services/notes/notes.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/notes', {
  answer: ({ services, operator, input }) => listNotes(services, operator, input),
});

export const POST = route('POST /api/v1/notes', {
  answer: ({ services, caller, input }) => writeNote(services, caller, input),
});
