import type { RouteContract } from '#lib/api/contract.ts';
import { changedNote, note, notesAnswer } from './note-answers.ts';
import { noteChange, noteName, noteSubject, noteToWrite } from './note-requests.ts';

export const noteRoutes = {
  'GET /api/v1/notes': {
    summary: 'Lists the notes about a device or a room.',
    input: noteSubject,
    answer: notesAnswer,
  },
  'POST /api/v1/notes': {
    summary: 'Writes a note about a device or a room.',
    input: noteToWrite,
    status: 201,
    answer: note,
    problems: ['device-not-found', 'room-not-found'],
  },
  'PUT /api/v1/notes/[noteId]': {
    summary: 'Changes the text of an own note, or restores a deleted one.',
    input: noteChange,
    answer: changedNote,
    problems: ['not-found'],
  },
  'DELETE /api/v1/notes/[noteId]': {
    summary: 'Deletes a note: an own one or, for admins, any. It can be restored for a day.',
    input: noteName,
    status: 204,
    problems: ['not-found'],
  },
} as const satisfies Record<string, RouteContract>;
