'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A page that could not be drawn, with the cure where the desk knows one. The cause is in the log, never on the screen. */
export default function PageError({ error, reset }: Props) {
  const t = useTranslations('page');
  const router = useRouter();
  const told = useTranslations('problems');
  const part = (name: 'title' | 'detail' | 'hint') => `${error.digest}.${name}` as 'internal.internal.title';
  // Drawn anew without asking the server, the page would fail with the same error for ever.
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  const known = error.digest !== undefined && told.has(part('hint'));
  return (
    <main className="page-width py-8">
      <h1 className="font-semibold text-title">{known ? told(part('title')) : t('failed')}</h1>
      <p className="mt-2 max-w-prose text-quiet">{known ? told(part('detail')) : t('failedWhy')}</p>
      {known && <p className="mt-2 max-w-prose">{told(part('hint'))}</p>}
      <Button look="primary" className="mt-4" onClick={again}>
        {t('again')}
      </Button>
    </main>
  );
}
