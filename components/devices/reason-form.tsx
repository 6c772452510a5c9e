'use client';

import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { BareButton } from '#components/ui/bare-button.tsx';
import { Button } from '#components/ui/button.tsx';
import { REASON_LENGTH } from '#lib/domain/devices/reveal.ts';

type Props = { label: string; busy: boolean; onAsk: (reason: string) => void; onCancel: () => void };

const READY = ['guest', 'call', 'check'] as const;

/** Asks why a secret is wanted: a few reasons that are ready, or words of one's own. */
export function ReasonForm({ label, busy, onAsk, onCancel }: Props) {
  const t = useTranslations('device.reveal');
  const [reason, setReason] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const [name, note] = [useId(), useId()];
  useEffect(() => field.current?.focus(), []);
  const overrides = reason.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && overrides.length >= REASON_LENGTH.least) onAsk(overrides);
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && !event.nativeEvent.isComposing && onCancel()}
      aria-label={t('formWhat', { what: label })}
      className="mt-1 mb-2 block rounded border border-line-strong bg-surface p-3"
    >
      <label htmlFor={name} className="font-medium">
        {t('why')}
      </label>
      <input
        ref={field}
        id={name}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        required
        minLength={REASON_LENGTH.least}
        maxLength={REASON_LENGTH.most}
        aria-describedby={note}
        autoComplete="off"
        className="mt-1 h-9 w-full rounded border border-line-strong bg-surface px-2 text-input"
      />
      <span className="mt-2 flex flex-wrap gap-1">
        {READY.map((each) => (
          <BareButton
            key={each}
            type="button"
            onClick={() => {
              setReason(t(`ready.${each}`));
              field.current?.focus();
            }}
            className="min-h-7 rounded border border-line px-2 text-accent text-small hover:bg-sunken"
          >
            {t(`ready.${each}`)}
          </BareButton>
        ))}
      </span>
      <p id={note} className="mt-2 text-quiet text-small">
        {t('recorded')}
      </p>
      <span className="mt-2 flex flex-wrap gap-2">
        <Button type="submit" look="primary" aria-disabled={busy || overrides.length < REASON_LENGTH.least}>
          {busy ? t('waiting') : t('confirm')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </span>
    </form>
  );
}
