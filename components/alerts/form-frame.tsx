'use client';

import { type ReactNode, type SubmitEvent, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';

/** The part of a mutation that a form shows when it failed; what was typed stays in the form. */
export type FormFailure = { error: Error | null; isPending: boolean; reset: () => void };

type Props = {
  title: string;
  busy: boolean;
  /** What the button says that keeps it. */
  does: string;
  onSend: () => void;
  onCancel: () => void;
  children: ReactNode;
};

/** A form that opens in its place, takes the keyboard and gives up with Escape. */
export function FormFrame({ title, busy, does, onSend, onCancel, children }: Props) {
  const t = useTranslations('alerts');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), []);
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!busy) onSend();
  };
  return (
    <form
      ref={form}
      aria-label={title}
      onSubmit={send}
      onKeyDown={(event) => event.key === 'Escape' && !event.nativeEvent.isComposing && !busy && onCancel()}
      className="mt-3 max-w-[52rem] rounded border border-line-strong bg-surface p-4"
    >
      <h3 className="device-text mb-3 font-semibold">{title}</h3>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">{children}</div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button type="submit" look="primary" aria-disabled={busy}>
          {does}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
