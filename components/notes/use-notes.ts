import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useReader } from '#components/layout/reader-provider.tsx';
import { useErrorTexts } from '#components/ui/problem-panel.tsx';
import type { NotesAnswer, ShownNote } from '#lib/api/notes/note-answers.ts';
import type { NoteSubject } from '#lib/domain/notes/note.ts';
import { shownProblem } from '#lib/queries/fetch-json.ts';
import { editNote, notesQuery, setNoteRemoved, writeNote } from '#lib/queries/notes/notes.ts';
import { useFromPage } from '#lib/queries/use-from-page.ts';
import { dropDraft } from './use-draft.ts';

/** A note in its list: as it is, or taken away a moment ago by this reader, who may want it back. */
export type ListedNote = ShownNote & { removed?: boolean };

/**
 * The notes, the newest first. One that this reader holds, because they are changing it or have just taken it away, stays
 * in its place whatever others do meanwhile.
 */
export function useNotes(about: NoteSubject, first: NotesAnswer) {
  const { data } = useFromPage(notesQuery(useReader(), about), first);
  const [held, setHeld] = useState<ReadonlyMap<string, ListedNote>>(new Map());
  const hold = (note: ListedNote) => setHeld((before) => new Map(before).set(note.noteId, note));
  const letGo = (noteId: string) =>
    setHeld((before) => new Map([...before].filter(([each]) => each !== noteId)));
  const there = new Map<string, ListedNote>(data.items.map((note) => [note.noteId, note]));
  const all = [...new Map([...held, ...there, ...removedIn(held)]).values()];
  const notes = all.toSorted((a, b) => Date.parse(b.writtenAt) - Date.parse(a.writtenAt));
  return { notes, older: data.total - data.items.length, hold, letGo };
}

const removedIn = (held: ReadonlyMap<string, ListedNote>) => [...held].filter(([, note]) => note.removed);

/** Writes a new note; it stands in the list as soon as the desk has it. */
export function useWriting(about: NoteSubject, draft: string) {
  const client = useQueryClient();
  const { queryKey } = notesQuery(useReader(), about);
  return useMutation({
    mutationFn: (text: string) => writeNote(about, text),
    onSuccess: (note) => {
      dropDraft(draft);
      client.setQueryData(queryKey, (before) =>
        before && !before.items.some(({ noteId }) => noteId === note.noteId)
          ? { items: [note, ...before.items], total: before.total + 1 }
          : before,
      );
    },
  });
}

/** Changes one note, takes it away, brings it back. */
export function useChanging(about: NoteSubject, note: ListedNote) {
  const client = useQueryClient();
  const { noteId } = note;
  const { queryKey } = notesQuery(useReader(), about);
  const refresh = () => client.invalidateQueries({ queryKey });
  const edit = useMutation({
    mutationFn: (text: string) => editNote(noteId, text),
    onSuccess: (changed) =>
      client.setQueryData(
        queryKey,
        (before) =>
          before && {
            ...before,
            items: before.items.map((each) => (each.noteId === noteId ? changed : each)),
          },
      ),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (removed: boolean) => setNoteRemoved(noteId, removed),
    onSettled: refresh,
  });
  return { edit, remove };
}

/** Why something failed, in a few words. */
export function useWhy(): (error: Error | null) => string | null {
  const words = useErrorTexts();
  return (error) => (error ? words(shownProblem(error)).title : null);
}
