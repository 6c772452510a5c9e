import type { Note, NoteSubject } from '#lib/domain/notes/note.ts';

/** What people left for each other. Every change of a note adds to the feed, so that open pages ask anew. */
export type NoteStore = {
  /** The newest first, without those that were removed; `total` counts all of them. */
  notesAbout(about: NoteSubject, limit: number): Promise<{ notes: Note[]; total: number }>;
  /** A note that is there or was taken away and not tidied yet; null for any other. */
  note(id: string): Promise<Note | null>;
  /** How many are kept, those included that can still be brought back. */
  countNotes(about: NoteSubject): Promise<number>;
  addNote(note: Note): Promise<void>;
  /** Changes the text of a note that is not removed. Answers whether there was one. */
  editNote(id: string, text: string, at: number): Promise<boolean>;
  /** Takes a note away. Answers whether it was there. */
  removeNote(id: string, by: string, at: number): Promise<boolean>;
  /** Brings back what `removedBy` took away at `since` or after. Answers whether there was such a note. */
  restoreNote(id: string, of: { removedBy: string; since: number }, at: number): Promise<boolean>;
};
