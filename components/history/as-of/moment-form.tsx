'use client';

import { usePathname, useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';

const field = 'mt-0.5 block h-8 rounded border border-line-strong bg-surface px-2 text-input md:text-base';

/** The way to the page as it was known at a moment of the reader's own calendar, beside a second one or now. */
export function MomentForm() {
  const t = useTranslations('snapshots');
  const path = usePathname();
  const router = useRouter();
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    // A list stays narrowed as it is.
    const params = new URLSearchParams(window.location.search);
    for (const name of ['at', 'against']) {
      const text = String(said.get(name) ?? '');
      if (text === '') params.delete(name);
      else params.set(name, new Date(text).toISOString());
    }
    router.push(`${path}?${params}`);
  };
  return (
    <form onSubmit={show} className="flex flex-wrap items-end gap-3 py-2">
      {(['at', 'against'] as const).map((name) => (
        <label key={name} className="text-quiet">
          {t(name)}
          <input type="datetime-local" step={1} name={name} required={name === 'at'} className={field} />
        </label>
      ))}
      <Button type="submit">{t('show')}</Button>
    </form>
  );
}
