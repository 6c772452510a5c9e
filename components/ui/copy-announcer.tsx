'use client';

import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { useTranslations } from 'use-intl';

type Copy = (text: string) => Promise<boolean>;

const CopyContext = createContext<Copy>(async () => false);

/** Copies text and says so to screen readers from one place, so that buttons need not each carry a live region. */
export function CopyAnnouncer({ children }: { children: ReactNode }) {
  const t = useTranslations('copy');
  const [said, setSaid] = useState('');
  const copy = useCallback<Copy>(
    async (text) => {
      const worked = await toClipboard(text);
      // Emptied first, so that copying the same thing twice is said twice.
      setSaid('');
      requestAnimationFrame(() => setSaid(worked ? t('copied') : t('failed')));
      return worked;
    },
    [t],
  );
  return (
    <CopyContext value={copy}>
      {children}
      <output className="sr-only" aria-live="polite">
        {said}
      </output>
    </CopyContext>
  );
}

/** Copies text to the clipboard; resolves to whether it worked. */
export function useCopy(): Copy {
  return useContext(CopyContext);
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// Desks are often served over plain http inside an office, where browsers withhold the clipboard API.
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  const worked = document.execCommand('copy');
  field.remove();
  return worked;
}
