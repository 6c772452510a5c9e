import type { Note, NoteSubject } from '#lib/domain/notes/note.ts';
import type { Engine, Writing } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import { storable } from '#lib/store/engine/storable.ts';
import type { Tables } from '#lib/store/schema.ts';
import { write } from '#lib/store/write.ts';

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

type Row = Tables['notes'];

/** Notes in SQL. */
export function noteStore(engine: Engine): NoteStore {
  const { db } = engine;
  return {
    async notesAbout({ kind, key }, limit) {
      const about = db
        .selectFrom('notes')
        .where((each) => each.and({ kind, key: plainColumn(key) }))
        .where('removed_at', 'is', null);
      const rows = await about
        .selectAll()
        .orderBy('written_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      if (rows.length < limit) return { notes: rows.map(toNote), total: rows.length };
      const { total } = await about
        .select((each) => each.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { notes: rows.map(toNote), total: Number(total) };
    },
    async note(id) {
      const row = await db.selectFrom('notes').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toNote(row) : null;
    },
    async countNotes({ kind, key }) {
      const { total } = await db
        .selectFrom('notes')
        .where((each) => each.and({ kind, key: plainColumn(key) }))
        .select((each) => each.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(total);
    },
    addNote: (note) =>
      write(engine, async (writing) => {
        const row = toRow(note);
        await writing.trx.insertInto('notes').values(row).execute();
        announce(writing, row, note.writtenAt);
      }),
    editNote: (id, text, at) =>
      write(engine, async (writing) => {
        const row = await writing.trx
          .updateTable('notes')
          .set({ body: storable(text), edited_at: at })
          .where('id', '=', id)
          .where('removed_at', 'is', null)
          .returning(['kind', 'key'])
          .executeTakeFirst();
        if (row) announce(writing, row, at);
        return row !== undefined;
      }),
    ...turning(engine),
  };
}

/** Taking notes away and bringing them back. */
function turning(engine: Engine): Pick<NoteStore, 'removeNote' | 'restoreNote'> {
  return {
    removeNote: (id, by, at) =>
      write(engine, async (writing) => {
        const row = await writing.trx
          .updateTable('notes')
          .set({ removed_at: at, removed_by: storable(by) })
          .where('id', '=', id)
          .where('removed_at', 'is', null)
          .returning(['kind', 'key'])
          .executeTakeFirst();
        if (row) announce(writing, row, at);
        return row !== undefined;
      }),
    restoreNote: (id, { removedBy, since }, at) =>
      write(engine, async (writing) => {
        const row = await writing.trx
          .updateTable('notes')
          .set({ removed_at: null, removed_by: null })
          .where('id', '=', id)
          .where('removed_by', '=', storable(removedBy))
          .where('removed_at', '>=', since)
          .returning(['kind', 'key'])
          .executeTakeFirst();
        if (row) announce(writing, row, at);
        return row !== undefined;
      }),
  };
}

function announce({ announce }: Writing, { kind, key }: Pick<Row, 'kind' | 'key'>, at: number): void {
  announce({ at, kind: 'note', key: `${kind} ${key}` });
}

function toRow({ id, about, author, text, writtenAt, editedAt, ...removed }: Note): Row {
  return {
    id,
    kind: about.kind,
    key: plainColumn(about.key),
    body: storable(text),
    author: storable(author.subject),
    author_name: storable(author.name),
    written_at: writtenAt,
    edited_at: editedAt,
    removed_at: removed.removedAt,
    removed_by: removed.removedBy,
  };
}

function toNote(row: Row): Note {
  return {
    id: row.id,
    about: { kind: row.kind as Note['about']['kind'], key: row.key },
    author: { subject: row.author, name: row.author_name },
    text: row.body,
    writtenAt: row.written_at,
    editedAt: row.edited_at,
    removedAt: row.removed_at,
    removedBy: row.removed_by,
  };
}
