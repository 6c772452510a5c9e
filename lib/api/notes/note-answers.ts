import { z } from 'zod';
import { count, text, time } from '#lib/api/values.ts';
import { CHECK_ANSWERS, CHECK_STEPS } from '#lib/domain/notes/check.ts';

const ageMs = z.number().min(0).describe('Age when the server answered.');

/** An answer to a question of the on-site checklist. */
export const checklistAnswer = z
  .strictObject({
    step: z.enum(CHECK_STEPS),
    answer: z.enum(CHECK_ANSWERS),
    at: time,
    ageMs,
    by: text.describe('Who answered; null for viewers.'),
    own: z.boolean().describe('Whether the caller answered.'),
  })
  .meta({ id: 'ChecklistAnswer' });

export type ShownCheck = z.infer<typeof checklistAnswer>;

/** The checklist answers of a device. */
export const checklist = z
  .strictObject({ checks: z.array(checklistAnswer).describe('Answers of the last 24 hours, newest first.') })
  .meta({ id: 'Checklist' });

/** A note about a device or a room. */
export const note = z
  .strictObject({
    noteId: z.string(),
    text: z.string(),
    by: z.string().describe('Name of the author when the note was written.'),
    writtenAt: time,
    editedAt: time.nullable(),
    ageMs,
    own: z.boolean().describe('Whether the caller wrote it, and so may change it.'),
    mayRemove: z.boolean(),
  })
  .meta({ id: 'Note' });

export type ShownNote = z.infer<typeof note>;

/** The newest notes about a device or a room. */
export const notesAnswer = z
  .strictObject({ items: z.array(note).describe('Newest first.'), total: count })
  .meta({ id: 'Notes' });

export type NotesAnswer = z.infer<typeof notesAnswer>;

/** A note after a change of its text, or that it was restored. */
export const changedNote = z.union([note, z.strictObject({ removed: z.literal(false) })]);
