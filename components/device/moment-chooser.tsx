'use client';

import { usePathname, useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { useHistoryWords } from './use-history-words.ts';

const field = 'mt-0.5 block h-8 rounded border border-line-strong bg-surface px-2 text-input md:text-base';

/** The way to the device as it was known at a moment of the reader's own calendar, beside a second one or now. */
export function MomentChooser() {
  const { say } = useHistoryWords();
  const path = usePathname();
  const router = useRouter();
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const params = new URLSearchParams();
    for (const name of ['at', 'against']) {
      const text = String(said.get(name) ?? '');
      if (text !== '') params.set(name, new Date(text).toISOString());
    }
    router.push(`${path}?${params}` as never);
  };
  return (
    <details className="mt-4 border-line border-t pt-3 text-small">
      <summary className="text-accent">{say('then.open')}</summary>
      <form onSubmit={show} className="flex flex-wrap items-end gap-3 py-2">
        {(['at', 'against'] as const).map((name) => (
          <label key={name} className="text-quiet">
            {say(`then.${name}`)}
            <input type="datetime-local" step={1} name={name} required={name === 'at'} className={field} />
          </label>
        ))}
        <Button type="submit">{say('then.show')}</Button>
      </form>
    </details>
  );
}
