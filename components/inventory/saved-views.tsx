'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { type SubmitEvent, useId, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { BareButton } from '#components/ui/bare-button.tsx';
import { Button } from '#components/ui/button.tsx';
import { DropPanel } from '#components/ui/drop-panel.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { SavedView } from '#lib/api/search/search-answers.ts';
import { MAX_VIEW_NAME } from '#lib/domain/inventory/fleet-filter.ts';
import { removeView, saveView } from '#lib/queries/inventory/saved-views.ts';
import { pinsAndRecentsQuery } from '#lib/queries/search/pins-and-recents.ts';

type Props = {
  /** The view that is shown, as a link would say it. */
  path: string;
};

/** The views that this person named: open one, keep the present one, let one go. */
export function SavedViews({ path }: Props) {
  const t = useTranslations('list.views');
  return (
    <DropPanel label={t('title')} Icon={Bookmark}>
      <Views path={path} />
    </DropPanel>
  );
}

function Views({ path }: Props) {
  const t = useTranslations('list.views');
  const list = useTranslations('list');
  const { data, error } = useQuery(pinsAndRecentsQuery(useReader()));
  const change = useChange();
  const views = data?.views.filter((view) => view.path.split('?')[0] === path.split('?')[0]);
  return (
    <>
      {!views && !error && (
        <p role="status" className="text-quiet">
          {list('waiting')}
        </p>
      )}
      {views?.length === 0 && <p className="text-quiet">{t('none')}</p>}
      {views && views.length > 0 && (
        <ul className="-mx-1 max-h-64 divide-y divide-line overflow-y-auto">
          {views.map((view) => (
            <ViewRow
              key={view.id}
              view={view}
              shown={view.path === path}
              onRemove={() => change.mutate({ remove: view.id })}
            />
          ))}
        </ul>
      )}
      {/* Drawn after the list, which would move the button away under a press. */}
      {(views || error) && (
        <SaveForm busy={change.isPending} onSave={(name) => change.mutateAsync({ name, path })} />
      )}
      <QueryError compact className="mt-2" error={change.error ?? error} />
    </>
  );
}

type Change = { remove: string } | { name: string; path: string };

function useChange() {
  const { queryKey } = pinsAndRecentsQuery(useReader());
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: async (change: Change) => {
      if ('remove' in change) await removeView(change.remove);
      else await saveView(change.name, change.path);
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}

function ViewRow({ view, shown, onRemove }: { view: SavedView; shown: boolean; onRemove: () => void }) {
  const t = useTranslations('list.views');
  return (
    <li className="flex min-h-9 items-center gap-2 px-1">
      <Link
        href={view.path}
        prefetch={false}
        aria-current={shown ? 'true' : undefined}
        className="device-text line-clamp-2 min-w-0 flex-1 text-accent no-underline hover:underline aria-[current]:font-semibold"
      >
        {view.name}
      </Link>
      <BareButton
        onClick={onRemove}
        aria-label={t('remove', { name: view.name })}
        title={t('remove', { name: view.name })}
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-sm text-quiet hover:bg-sunken hover:text-text"
      >
        <Trash2 aria-hidden className="size-4" />
      </BareButton>
    </li>
  );
}

type SaveProps = { busy: boolean; onSave: (name: string) => Promise<unknown> };

function SaveForm({ busy, onSave }: SaveProps) {
  const t = useTranslations('list.views');
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = field.current?.value.trim() ?? '';
    if (name === '' || busy) return field.current?.focus();
    // Trouble is shown from the mutation's own state; what was typed stays then.
    onSave(name).then(
      () => {
        if (field.current) field.current.value = '';
      },
      () => undefined,
    );
  };
  return (
    <form onSubmit={send} className="mt-2 border-line border-t pt-3">
      <label htmlFor={id} className="block font-medium text-small">
        {t('keep')}
      </label>
      <div className="mt-1 flex gap-2">
        <input
          ref={field}
          id={id}
          type="text"
          required
          maxLength={MAX_VIEW_NAME}
          autoComplete="off"
          placeholder={t('name')}
          className="h-8 min-w-0 flex-1 rounded border border-line-strong bg-surface px-2 text-input placeholder:text-quiet md:text-base"
        />
        <Button type="submit" aria-disabled={busy}>
          {t('save')}
        </Button>
      </div>
      <p className="mt-1 text-quiet text-small">{t('why')}</p>
    </form>
  );
}
