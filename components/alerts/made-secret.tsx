'use client';

import { KeyRound } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { useCopied } from '#components/ui/copy-button.tsx';

type Props = { name: string; secret: string; onDone: () => void };

/** The signing secret that was made for a channel, the one time that it is shown. */
export function MadeSecret({ name, secret, onDone }: Props) {
  const t = useTranslations('alerts.channels');
  const copying = useTranslations('copy');
  const { copied, copy } = useCopied();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <section
      aria-label={t('made', { name })}
      className="mb-4 rounded border border-line-strong bg-surface p-4"
    >
      <h3 className="flex items-center gap-2 font-semibold">
        <KeyRound aria-hidden className="size-4 shrink-0" />
        <span className="device-text">{t('made', { name })}</span>
      </h3>
      <p className="mt-1 max-w-[44rem]">{t('madeWhy')}</p>
      <p className="mt-3 break-all rounded bg-sunken p-3 font-mono" data-secret>
        {secret}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button ref={first} look="primary" onClick={() => copy(secret)}>
          {copied ? copying('copied') : t('madeCopy')}
        </Button>
        <Button onClick={onDone}>{t('madeDone')}</Button>
      </div>
    </section>
  );
}
