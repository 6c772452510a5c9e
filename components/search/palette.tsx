'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { BareButton } from '#components/ui/bare-button.tsx';
import { can } from '#lib/domain/access/operator.ts';
import { pinsAndRecentsQuery } from '#lib/queries/search/pins-and-recents.ts';
import { FindField } from './find-field.tsx';
import { FindNotice, FindStatus } from './find-notice.tsx';
import { FindRefused } from './find-refused.tsx';
import { takeHeldKeys } from './held-keys.ts';
import { OptionList } from './option-list.tsx';
import { SecretSearch } from './secret-search.tsx';
import { useFind } from './use-find.ts';

type Props = { open: boolean; onClose: () => void };

/** The search over whatever page is open. The dialog is the browser's own: Esc closes it and the focus goes back. */
export function Palette({ open, onClose }: Props) {
  const t = useTranslations('search');
  const lookUp = useTranslations('home');
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const reader = useReader();
  const { data: pinsAndRecents } = useQuery({ ...pinsAndRecentsQuery(reader), enabled: open });
  const find = useFind({
    sent: '',
    pinsAndRecents: pinsAndRecents ?? null,
    onLeave: onClose,
    offersSecrets: can(reader.role, 'find-by-secret'),
  });
  const change = useRef(find.change);
  useEffect(() => {
    change.current = find.change;
  });
  useEffect(() => {
    const shown = dialog.current;
    if (!shown || open === shown.open) return;
    if (!open) return shown.close();
    shown.showModal();
    shown.querySelector('textarea')?.select();
    const typed = takeHeldKeys();
    if (typed !== '') change.current(typed);
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Esc
    <dialog
      ref={dialog}
      aria-label={t('title')}
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
      className="mx-auto mt-[8dvh] w-[calc(100vw-1rem)] max-w-2xl rounded border border-line-strong bg-surface p-0 text-text shadow-lg backdrop:bg-black/40"
    >
      <div className="flex max-h-[80dvh] flex-col">
        <div className="flex items-start gap-3 border-line border-b px-3">
          <Search aria-hidden className="mt-3.5 size-5 shrink-0 text-quiet" />
          <label htmlFor={id} className="sr-only">
            {lookUp('label')}
          </label>
          <FindField
            id={id}
            find={find}
            autoFocus
            placeholder={t('placeholder')}
            className="h-12 bg-transparent py-3 outline-none"
          />
          <BareButton
            onClick={onClose}
            className="mt-2 h-8 shrink-0 rounded border border-line px-2 text-quiet text-small hover:bg-sunken"
          >
            {t('close')}
          </BareButton>
        </div>
        <div className="min-h-40 overflow-y-auto">
          <FindRefused id={id} find={find} className="px-3 pt-3" />
          <OptionList id={id} find={find} />
          <FindNotice find={find} />
          <SecretSearch find={find} />
          {find.text.trim() === '' && find.options.length === 0 && (
            <p className="px-3 py-4 text-quiet">{t('understood')}</p>
          )}
        </div>
        <p className="hidden border-line border-t px-3 py-2 text-quiet text-small sm:block">{t('keys')}</p>
        <FindStatus find={find} />
      </div>
    </dialog>
  );
}
