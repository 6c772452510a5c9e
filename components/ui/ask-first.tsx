'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from './button.tsx';

type Props = {
  /** What the button says, and for those who do not see where it stands what it is about. */
  label: string;
  about?: string;
  /** What will be, in a sentence, and the words to agree and not to. */
  question: ReactNode;
  confirm: string;
  cancel: string;
  busy: boolean;
  onConfirm: () => void;
};

/** A button for what cannot be undone: it says what will be and asks once more, in the same place. */
export function AskFirst({ label, about, question, confirm, cancel, busy, onConfirm }: Props) {
  const [asking, setAsking] = useState(false);
  const agree = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const began = useRef(false);
  const id = useId();
  useEffect(() => {
    // The keyboard goes with the question, and back when it is taken back.
    if (asking) agree.current?.focus();
    else if (began.current) first.current?.focus();
    began.current ||= asking;
  }, [asking]);
  if (!asking) {
    return (
      <Button ref={first} aria-label={about} onClick={() => setAsking(true)}>
        {label}
      </Button>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape takes the question back, as its second button does
    <div className="max-w-[30rem]" onKeyDown={({ key }) => key === 'Escape' && !busy && setAsking(false)}>
      <p id={id}>{question}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button
          ref={agree}
          look="primary"
          aria-describedby={id}
          aria-disabled={busy}
          onClick={() => busy || onConfirm()}
        >
          {confirm}
        </Button>
        <Button onClick={() => setAsking(false)}>{cancel}</Button>
      </div>
    </div>
  );
}
