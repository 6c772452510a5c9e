'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';

type Props = {
  words: { ask: string; confirm: string; cancel: string };
  icon: ReactNode;
  busy: boolean;
  look?: 'primary' | 'plain';
  onConfirm: () => void;
};

/** A button for what costs calls: asks once more in the same place before it begins. */
export function AskTwice({ words, icon, busy, look = 'plain', onConfirm }: Props) {
  const [asking, setAsking] = useState(false);
  const confirm = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const began = useRef(false);
  useEffect(() => {
    // The keyboard goes with the question, and back when it is taken back.
    if (asking) confirm.current?.focus();
    else if (began.current) first.current?.focus();
    began.current ||= asking;
  }, [asking]);
  const begin = () => {
    setAsking(false);
    onConfirm();
  };
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {asking ? (
        <>
          <Button ref={confirm} look="primary" onClick={begin}>
            {words.confirm}
          </Button>
          <Button onClick={() => setAsking(false)}>{words.cancel}</Button>
        </>
      ) : (
        <Button ref={first} look={look} aria-disabled={busy} onClick={() => busy || setAsking(true)}>
          {icon}
          {words.ask}
        </Button>
      )}
    </div>
  );
}
