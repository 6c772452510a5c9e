'use client';

import { Check, Link2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useShortcut } from '#components/layout/use-shortcut.ts';
import { Button } from './button.tsx';
import { useCopied } from './copy-button.tsx';

/** Copies a link; `link` is asked for when it is pressed, because the address of a view changes. */
export function CopyLinkButton({
  link,
  short = false,
  iconOnly = false,
}: {
  link: () => string;
  /** Whether the word is left out on a phone. */
  short?: boolean;
  /** Whether the word is only heard and hovered. */
  iconOnly?: boolean;
}) {
  const t = useTranslations('copy');
  const { copied, copy } = useCopied();
  useShortcut('c', 'copyLink', () => void copy(link()));
  const Icon = copied ? Check : Link2;
  return (
    <Button onClick={() => copy(link())} title={t('copyLink')}>
      <Icon aria-hidden className="size-4" />
      <span className={iconOnly ? 'sr-only' : short ? 'sr-only sm:not-sr-only' : undefined}>
        {t('copyLink')}
      </span>
    </Button>
  );
}
