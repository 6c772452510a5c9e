'use client';

import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { useShortcut } from '#components/layout/use-shortcut.ts';
import { Button } from '#components/ui/button.tsx';
import type { NotesAnswer } from '#lib/api/notes/note-answers.ts';
import type { NoteSubject } from '#lib/domain/notes/note.ts';
import { NoteRow, NoteText } from './note-row.tsx';
import { hasDraft } from './use-draft.ts';
import { useNotes, useWhy, useWriting } from './use-notes.ts';

// A page that is only read does not carry it.
const NoteForm = dynamic(() => import('./note-form.tsx').then(({ NoteForm }) => NoteForm), { ssr: false });

type Props = {
  about: NoteSubject;
  /** What the server knew when it drew the page. */
  first: NotesAnswer;
};

/** More of them only when asked for: what is wrong and the facts are what people come for. */
const SHOWN_AT_FIRST = 3;

/** What colleagues left about a device or a room, and the way to leave something. */
export function NotesView({ about, first }: Props) {
  const t = useTranslations('notes');
  const { notes, older, hold, letGo } = useNotes(about, first);
  const [all, setAll] = useState(false);
  const shown = all ? notes : notes.slice(0, SHOWN_AT_FIRST);
  return (
    <section aria-label={t('title')} className="card h-full px-4 py-3">
      <NewNote about={about} none={notes.length === 0} />
      {notes.length > 0 && (
        <ul className="divide-y divide-line">
          {shown.map((note) => (
            <NoteRow key={note.noteId} about={about} note={note} hold={hold} letGo={letGo} />
          ))}
        </ul>
      )}
      {shown.length < notes.length && (
        <Button className="mb-2" onClick={() => setAll(true)}>
          {t('all', { n: notes.length })}
        </Button>
      )}
      {all && older > 0 && <p className="text-quiet text-small">{t('older', { n: older })}</p>}
    </section>
  );
}

type NewProps = Omit<Props, 'first'> & { none: boolean };

/** The section's head, and below it the form, or what was written while it is on its way. */
function NewNote({ about, none }: NewProps) {
  const t = useTranslations('notes');
  const why = useWhy();
  const draft = `${useReader().key} new ${about.kind} ${about.key}`;
  const write = useWriting(about, draft);
  const [writing, setWriting] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const begin = () => {
    write.reset();
    setWriting(true);
  };
  const stop = () => {
    setWriting(false);
    button.current?.focus();
  };
  // What was begun before a reload, or before signing in again, goes on.
  useEffect(() => setWriting(hasDraft(draft)), [draft]);
  useShortcut('n', 'note', () => writing || begin());
  return (
    <>
      <div className="flex min-h-9 items-center justify-between gap-4">
        <h2 className="font-semibold text-section">
          {t('title')}
          {none && !writing && <span className="ml-3 font-normal">{t('none')}</span>}
        </h2>
        <Button ref={button} aria-expanded={writing} onClick={() => (writing ? undefined : begin())}>
          {t('write')}
        </Button>
      </div>
      {writing && !write.isPending && (
        <NoteForm
          draft={draft}
          failure={why(write.error)}
          onSave={(text) => write.mutate(text, { onSuccess: stop })}
          onCancel={stop}
        />
      )}
      {write.isPending && (
        <div className="border-line border-b py-2">
          <NoteText text={write.variables} saving />
        </div>
      )}
    </>
  );
}
