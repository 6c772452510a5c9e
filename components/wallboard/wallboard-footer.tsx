'use client';

import { Maximize, Minimize } from 'lucide-react';
import Link from 'next/link';
import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { ShortcutHelp } from '#components/layout/shortcut-help.tsx';
import { useShortcut } from '#components/layout/use-shortcut.ts';
import { BareButton } from '#components/ui/bare-button.tsx';

const QUIET =
  'inline-flex min-h-8 items-center gap-2 rounded px-2 text-quiet text-small no-underline hover:bg-sunken hover:text-text';

/** What somebody in front of the wall may want; from afar there is nothing to see in it. */
export function WallboardFooter() {
  const t = useTranslations('wallboard');
  return (
    <footer className="-mx-2 flex flex-wrap items-center justify-end gap-x-2">
      <Link href="/rooms" prefetch={false} className={`${QUIET} mr-auto`}>
        {t('leave')}
      </Link>
      <ShortcutHelp />
      <FullScreen />
    </footer>
  );
}

function FullScreen() {
  const t = useTranslations('wallboard');
  const { can, on } = useFullScreen();
  const Icon = on ? Minimize : Maximize;
  const turn = () => {
    if (!can) return;
    // Refused, the page stays as large as it was, which anybody can see.
    void (on ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(
      () => undefined,
    );
  };
  useShortcut('f', 'fullScreen', turn);
  if (!can) return null;
  return (
    <BareButton onClick={turn} aria-pressed={on} className={QUIET}>
      <Icon aria-hidden className="size-4" />
      {t('fullScreen')}
    </BareButton>
  );
}

function useFullScreen() {
  const on = useSyncExternalStore(
    onChange,
    () => document.fullscreenElement !== null,
    () => false,
  );
  const can = useSyncExternalStore(
    onChange,
    () => document.fullscreenEnabled,
    () => false,
  );
  return { can, on };
}

function onChange(told: () => void): () => void {
  document.addEventListener('fullscreenchange', told);
  return () => document.removeEventListener('fullscreenchange', told);
}
