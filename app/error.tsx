'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';

/** A page that could not be drawn. The cause is in the server's log, never on the screen. */
export default function PageError({ reset }: { reset: () => void }) {
  const say = useTranslations('page');
  return (
    <main className="mx-auto max-w-[75rem] px-4 py-8">
      <h1 className="font-semibold text-title">{say('failed')}</h1>
      <p className="mt-2 text-quiet">{say('failedWhy')}</p>
      <Button look="primary" className="mt-4" onClick={reset}>
        {say('again')}
      </Button>
    </main>
  );
}
