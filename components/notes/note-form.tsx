'use client';

import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { LONGEST_NOTE } from '#lib/domain/notes/note.ts';
import { dropDraft, useDraft } from './use-draft.ts';

type Props = {
  /** What the unfinished text is kept under. */
  draft: string;
  /** The text that is changed; nothing for a new note. */
  begin?: string;
  /** Why the last try did not work. */
  failure: string | null;
  onSave: (text: string) => void;
  onCancel: () => void;
};

/** From here on it is said how much room is left. */
const SAID_FROM = LONGEST_NOTE - 200;

/** Where a note is written. What is too long is not cut off but said to be. */
export function NoteForm({ draft, begin = '', failure, onSave, onCancel }: Props) {
  const t = useTranslations('notes');
  const { text, setText } = useDraft(draft, begin);
  const field = useRef<HTMLTextAreaElement>(null);
  const [id, hint] = [useId(), useId()];
  useEffect(() => {
    const box = field.current;
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  }, []);
  const written = text.trim();
  const left = LONGEST_NOTE - written.length;
  const isReady = written !== '' && left >= 0;
  const save = () => {
    if (isReady) onSave(written);
    else field.current?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    save();
  };
  return (
    <form onSubmit={submit} className="mt-1 mb-3 max-w-[42rem]">
      <label htmlFor={id} className="sr-only">
        {t('label')}
      </label>
      <textarea
        ref={field}
        id={id}
        value={text}
        rows={3}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={onKeyDown}
        aria-describedby={hint}
        aria-invalid={left < 0}
        className="field-sizing-content max-h-80 min-h-20 w-full rounded border border-line-strong bg-surface px-2 py-1.5 text-input"
      />
      <p id={hint} className="text-quiet text-small">
        {left < 0 ? (
          <strong className="font-semibold text-text">{t('tooLong', { n: -left })}</strong>
        ) : left <= LONGEST_NOTE - SAID_FROM ? (
          t('left', { n: left })
        ) : (
          t('hint')
        )}
      </p>
      {failure !== null && (
        <p role="alert" className="mt-1 font-medium">
          {t('failed', { why: failure })}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button type="submit" look="primary" aria-disabled={!isReady}>
          {t('save')}
        </Button>
        <Button
          onClick={() => {
            dropDraft(draft);
            onCancel();
          }}
        >
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
