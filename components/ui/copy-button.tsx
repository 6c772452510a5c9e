'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { BareButton } from './bare-button.tsx';
import { useCopy } from './copy-announcer.tsx';

const SHOWN_FOR_MS = 1_500;

type Props = { text: string; what: string };

/** An icon that copies one value; `what` names it for those who do not see where it stands. */
export function CopyButton({ text, what }: Props) {
  const t = useTranslations('copy');
  const { copied, copy } = useCopied();
  const Icon = copied ? Check : Copy;
  return (
    <BareButton
      onClick={() => copy(text)}
      title={copied ? t('copied') : t('copy')}
      aria-label={t('copyWhat', { what })}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-quiet hover:bg-sunken hover:text-text"
    >
      <Icon aria-hidden className="size-3.5" />
    </BareButton>
  );
}

/** Copies, and remembers for a moment that it worked. */
export function useCopied() {
  const toClipboard = useCopy();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return { copied, copy: async (text: string) => setCopied(await toClipboard(text)) };
}
