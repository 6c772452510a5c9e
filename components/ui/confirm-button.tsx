'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from './button.tsx';

type Props = {
  label: string;
  /** The accessible name of the first button, where its label does not say what it acts on. */
  about?: string;
  icon?: ReactNode;
  look?: 'primary' | 'plain';
  /** What the action does, in a sentence, unless the text before the button says it. */
  question?: ReactNode;
  confirm: string;
  cancel: string;
  busy: boolean;
  onConfirm: () => void;
};

/** A button for an action that costs calls or cannot be undone: it asks for confirmation in the same place. */
export function ConfirmButton({ label, about, icon, look = 'plain', busy, ...dialog }: Props) {
  const [asking, setAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    // The focus returns to where it was before the question.
    if (!asking && wasAsking.current) first.current?.focus();
    wasAsking.current = asking;
  }, [asking]);
  if (asking) return <Question {...dialog} busy={busy} onClose={() => setAsking(false)} />;
  return (
    <Button
      ref={first}
      look={look}
      aria-label={about}
      aria-disabled={busy}
      onClick={() => busy || setAsking(true)}
    >
      {icon}
      {label}
    </Button>
  );
}

type QuestionProps = Pick<Props, 'question' | 'confirm' | 'cancel' | 'busy' | 'onConfirm'> & {
  onClose: () => void;
};

function Question({ question, confirm, cancel, busy, onConfirm, onClose }: QuestionProps) {
  const agree = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => agree.current?.focus(), []);
  const proceed = () => {
    if (busy) return;
    onClose();
    onConfirm();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape cancels, as the second button does
    <div className="max-w-[30rem]" onKeyDown={({ key }) => key === 'Escape' && onClose()}>
      {question && (
        <p id={id} className="mb-2">
          {question}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          ref={agree}
          look="primary"
          aria-describedby={question ? id : undefined}
          aria-disabled={busy}
          onClick={proceed}
        >
          {confirm}
        </Button>
        <Button onClick={onClose}>{cancel}</Button>
      </div>
    </div>
  );
}
