'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { areKeysOn, getShortcuts, onShortcuts, type Shortcut, switchKeys } from './shortcuts.ts';

type Props = { open: boolean; onClose: () => void };

/** Every key that does something on this page. The dialog is the browser's own: Esc closes it and the focus goes back. */
export function ShortcutSheet({ open, onClose }: Props) {
  const t = useTranslations('shortcuts.sheet');
  const dialog = useRef<HTMLDialogElement>(null);
  const all = useSyncExternalStore(onShortcuts, getShortcuts, getShortcuts);
  const on = useSyncExternalStore(onShortcuts, areKeysOn, () => true);
  useEffect(() => {
    const shown = dialog.current;
    if (!shown || open === shown.open) return;
    if (open) shown.showModal();
    else shown.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Esc
    <dialog
      ref={dialog}
      aria-label={t('title')}
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
      className="m-auto max-h-[calc(100dvh-1rem)] w-[calc(100vw-1rem)] max-w-2xl rounded border border-line-strong bg-surface p-0 text-text shadow-lg backdrop:bg-black/40"
    >
      <div className="p-4">
        <div className="flex items-center justify-between gap-4">
          <h2 className="font-semibold text-large">{t('title')}</h2>
          <Button onClick={onClose}>{t('close')}</Button>
        </div>
        <div className="mt-3 grid gap-x-8 gap-y-4 sm:grid-cols-2">
          <Group
            title={t('everywhere')}
            shortcuts={all.filter(({ reach }) => reach === 'everywhere')}
            on={on}
          />
          <Group title={t('page')} shortcuts={all.filter(({ reach }) => reach === 'page')} on={on} />
        </div>
        <label className="mt-4 flex cursor-pointer items-start gap-2 border-line border-t pt-3">
          <input
            type="checkbox"
            checked={on}
            onChange={({ currentTarget }) => switchKeys(currentTarget.checked)}
            className="mt-0.5 size-4 accent-[var(--accent)]"
          />
          <span>
            {t('on')}
            <span className="block text-quiet text-small">{t('onWhy')}</span>
          </span>
        </label>
      </div>
    </dialog>
  );
}

type GroupProps = { title: string; shortcuts: readonly Shortcut[]; on: boolean };

function Group({ title, shortcuts, on }: GroupProps) {
  const t = useTranslations('shortcuts');
  // Two on one key are one for whoever presses it.
  const shown = [...new Map(shortcuts.map((each) => [each.key, each])).values()];
  return (
    <section aria-label={title}>
      <h3 className="text-quiet text-small">{title}</h3>
      {shown.length === 0 && <p className="mt-1">{t('sheet.none')}</p>}
      <dl className="mt-1 divide-y divide-line">
        {shown.map(({ key, label, press }) => (
          <div
            key={key}
            className={`flex min-h-8 items-center justify-between gap-4 ${press && !on ? 'text-quiet line-through' : ''}`}
          >
            <dt>{t(label)}</dt>
            <dd className="flex shrink-0 gap-1">
              <Keys text={key} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** `g d` as two keys after each other. */
function Keys({ text }: { text: string }) {
  return text.split(' ').map((key) => (
    <kbd
      key={key}
      className="min-w-6 rounded border border-line-strong bg-sunken px-1.5 text-center font-sans"
    >
      {key}
    </kbd>
  ));
}
