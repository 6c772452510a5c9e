'use client';

import { Keyboard } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { BareButton } from '#components/ui/bare-button.tsx';
import { can } from '#lib/domain/access/operator.ts';
import { useReader } from './reader-provider.tsx';
import type { ShortcutLabel } from './shortcuts.ts';
import { useShortcut } from './use-shortcut.ts';

// Loaded when somebody opens it: a page that is only read does not carry it.
const load = () => import('./shortcut-sheet.tsx').then(({ ShortcutSheet }) => ShortcutSheet);
const ShortcutSheet = dynamic(load, { ssr: false });

/** The keys that work on every page, and the way to the sheet that lists them: a press, or the question mark. */
export function ShortcutHelp() {
  const { role } = useReader();
  const t = useTranslations('shortcuts.sheet');
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const show = () => {
    setUsed(true);
    setOpen(true);
  };
  useShortcut('?', 'help', show, 'everywhere');
  return (
    <>
      <BareButton
        onClick={show}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        aria-haspopup="dialog"
        className="inline-flex min-h-8 items-center gap-2 rounded px-2 text-quiet text-small hover:bg-sunken hover:text-text"
      >
        <Keyboard aria-hidden className="size-4 shrink-0" />
        {t('title')}
        <kbd aria-hidden className="rounded border border-line px-1 font-sans">
          ?
        </kbd>
      </BareButton>
      <WayTo keys="g l" label="goLookUp" path="/" />
      <WayTo keys="g r" label="goRooms" path="/rooms" />
      <WayTo keys="g d" label="goDevices" path="/devices" />
      <WayTo keys="g w" label="goWall" path="/wallboard" />
      {can(role, 'see-service') && <WayTo keys="g s" label="goService" path="/admin" />}
      {used && <ShortcutSheet open={open} onClose={() => setOpen(false)} />}
    </>
  );
}

function WayTo({ keys, label, path }: { keys: string; label: ShortcutLabel; path: string }) {
  const router = useRouter();
  useShortcut(keys, label, () => router.push(path), 'everywhere');
  return null;
}
