import { z } from 'zod';
import { LONGEST_NOTE, NOTE_SUBJECTS } from '#lib/domain/notes/note.ts';

const about = {
  kind: z.enum(NOTE_SUBJECTS).describe('What the note is about.'),
  key: z.string().min(1).max(256).describe('The key of a device row, or a room ID.'),
};
const text = z
  .string()
  .max(LONGEST_NOTE)
  .transform((written) => written.replaceAll('\0', '').toWellFormed().trim())
  .refine((written) => written !== '');

/** What notes are about. */
export const noteSubject = z.strictObject(about);

/** A note to leave. */
export const noteToWrite = z
  .strictObject({ ...about, text })
  .transform(({ kind, key, text }) => ({ about: { kind, key }, text }));

/** A note by its name. */
export const noteName = z.strictObject({ noteId: z.uuid() });

/** What becomes of a note: another text, or back from where it was taken away. */
export const noteChange = z.union([
  z.strictObject({ noteId: z.uuid(), text }),
  z.strictObject({ noteId: z.uuid(), removed: z.literal(false) }),
]);
