'use client';

import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { BareButton } from '#components/ui/bare-button.tsx';
import { Button } from '#components/ui/button.tsx';
import { Moment, useMomentText } from '#components/ui/moment.tsx';
import type { NoteSubject } from '#lib/domain/notes/note.ts';
import { dropDraft } from './use-draft.ts';
import { type ListedNote, useChanging, useWhy } from './use-notes.ts';

const NoteForm = dynamic(() => import('./note-form.tsx').then(({ NoteForm }) => NoteForm), { ssr: false });

type Props = {
  about: NoteSubject;
  note: ListedNote;
  /** Keeps the note in its place while this reader does something with it, and no longer. */
  hold: (note: ListedNote) => void;
  letGo: (noteId: string) => void;
};

const PRESS = 'min-h-6 rounded px-1 text-accent text-small hover:underline';

/** A note with who left it and when, and what this reader may do with it. */
export function NoteRow({ about, note, hold, letGo }: Props) {
  const t = useTranslations('notes');
  const why = useWhy();
  const moment = useMomentText();
  const { edit, remove } = useChanging(about, note);
  const [editing, setEditing] = useState(false);
  const { noteId, by, writtenAt, editedAt } = note;
  const draft = `${useReader().key} ${noteId}`;
  const row = useRef<HTMLLIElement>(null);
  useFocusAfter(row, `${editing} ${note.removed}`);
  const stop = () => {
    setEditing(false);
    letGo(noteId);
  };
  const save = (text: string) =>
    edit.mutate(text, {
      onSuccess: () => {
        dropDraft(draft);
        stop();
      },
    });
  const turn = (removed: boolean) => {
    if (remove.isPending) return;
    // Before the list is asked anew: the row must not go while it waits for its own answer.
    hold(note);
    remove.mutate(removed, {
      onSuccess: () => (removed ? hold({ ...note, removed }) : letGo(noteId)),
      onError: () => removed && letGo(noteId),
    });
  };
  const failure = why(remove.error);
  if (note.removed) {
    return (
      <li ref={row} className="flex min-h-11 flex-wrap items-center gap-x-3 py-1.5">
        <span role="status" className="device-text text-quiet">
          {t('removed', { by })}
        </span>
        <Button data-focus aria-disabled={remove.isPending} onClick={() => turn(false)}>
          {t('undo')}
        </Button>
        {failure && <span role="alert">{t('undoFailed', { why: failure })}</span>}
      </li>
    );
  }
  return (
    <li ref={row} className="py-2">
      <div className="flex flex-wrap items-baseline gap-x-2 text-quiet text-small">
        <span className="device-text font-medium text-text">{by}</span>
        <Moment iso={writtenAt} />
        {editedAt !== null && <span>{t.rich('edited', { moment: () => <Moment iso={editedAt} /> })}</span>}
        {!editing && (
          <span className="ml-auto flex gap-1">
            {note.own && (
              <BareButton
                data-focus
                onClick={() => {
                  edit.reset();
                  hold(note);
                  setEditing(true);
                }}
                aria-label={t('editWhat', { moment: moment(writtenAt) })}
                className={PRESS}
              >
                {t('edit')}
              </BareButton>
            )}
            {note.mayRemove && (
              <BareButton
                data-focus
                onClick={() => turn(true)}
                aria-disabled={remove.isPending}
                aria-label={t('removeWhat', { moment: moment(writtenAt), by })}
                className={PRESS}
              >
                {t('remove')}
              </BareButton>
            )}
          </span>
        )}
      </div>
      {failure && <p role="alert">{t('removeFailed', { why: failure })}</p>}
      {editing && !edit.isPending ? (
        <NoteForm draft={draft} begin={note.text} failure={why(edit.error)} onSave={save} onCancel={stop} />
      ) : (
        <NoteText text={edit.isPending ? edit.variables : note.text} saving={edit.isPending} />
      )}
    </li>
  );
}

/** What was written, its lines as they were; paler while the desk does not have it yet. */
export function NoteText({ text, saving = false }: { text: string; saving?: boolean }) {
  const t = useTranslations('notes');
  return (
    <p className={`device-text max-w-[42rem] whitespace-pre-wrap ${saving ? 'text-quiet' : ''}`}>
      {text}
      {saving && (
        <span role="status" className="ml-2 text-small">
          {t('saving')}…
        </span>
      )}
    </p>
  );
}

/** The keyboard stays with the note when what it stood on is gone. */
function useFocusAfter(row: { current: HTMLElement | null }, what: string): void {
  const before = useRef(what);
  useEffect(() => {
    if (before.current === what) return;
    before.current = what;
    if (document.activeElement === document.body)
      row.current?.querySelector<HTMLElement>('[data-focus]')?.focus();
  }, [row, what]);
}
