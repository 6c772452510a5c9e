'use client';

import { KeyRound } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { useCopied } from '#components/ui/copy-button.tsx';
import type { MadeToken } from '#lib/api/access/account-answers.ts';

/** A token's value, the one time that it is shown. */
export function NewToken({ made, onDone }: { made: MadeToken; onDone: () => void }) {
  const t = useTranslations('tokens');
  const copying = useTranslations('copy');
  const { copied, copy } = useCopied();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <section aria-labelledby="new-token" className="mb-5 rounded border border-line-strong bg-surface p-4">
      <h2 id="new-token" className="flex items-center gap-2 font-semibold text-large">
        <KeyRound aria-hidden className="size-5 shrink-0" />
        <span className="device-text">{t('newTitle', { name: made.token.name })}</span>
      </h2>
      <p className="mt-1 max-w-[44rem]">{t('newWhy')}</p>
      <p className="mt-3 break-all rounded bg-sunken p-3 font-mono" data-token>
        {made.value}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button ref={first} look="primary" onClick={() => copy(made.value)}>
          {copied ? copying('copied') : t('newCopy')}
        </Button>
        <Button onClick={onDone}>{t('newDone')}</Button>
      </div>
      <p className="mt-3 text-quiet text-small">{t('newUse')}</p>
      <p className="identifier mt-1 break-all text-small">{'Authorization: Bearer rd_…'}</p>
    </section>
  );
}
