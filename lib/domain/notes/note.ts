/** What a note can be about: a device by its key, see `deviceKey`, or a room by its id. */
export type NoteSubject = { kind: 'device' | 'room'; key: string };

export const NOTE_SUBJECTS = ['device', 'room'] as const satisfies NoteSubject['kind'][];

/** The longest note, in UTF-16 units as browsers count them. */
export const LONGEST_NOTE = 2_000;

/** So many are kept about one device or room; far more than anybody reads. */
export const MOST_NOTES = 500;

/** A note that somebody left for their colleagues. Times are milliseconds since the epoch. */
export type Note = {
  id: string;
  about: NoteSubject;
  author: { subject: string; name: string };
  /** Plain text as it was written: never trusted, only shown. */
  text: string;
  writtenAt: number;
  editedAt: number | null;
  /** Set while it can be brought back; it is shown to nobody then. */
  removedAt: number | null;
  /** Whoever took it away, by their subject; set with `removedAt`. */
  removedBy: string | null;
};
