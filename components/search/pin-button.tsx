'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pin, PinOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { useShortcut } from '#components/layout/use-shortcut.ts';
import { Button } from '#components/ui/button.tsx';
import { type PinName, pinsAndRecentsQuery, setPin } from '#lib/queries/search/pins-and-recents.ts';

type Props = {
  pin: PinName;
  /** Whether the word is only heard and hovered. */
  iconOnly?: boolean;
};

/** Keeps a device or a room on the person's first page, or lets it go. */
export function PinButton({ pin: { kind, key }, iconOnly = false }: Props) {
  const t = useTranslations('search');
  const client = useQueryClient();
  const query = pinsAndRecentsQuery(useReader());
  const { data } = useQuery(query);
  const change = useMutation({
    mutationFn: (pinned: boolean) => setPin({ kind, key }, pinned),
    // Waited for, so that the button does not fall back to its old word in between.
    onSettled: () => client.invalidateQueries({ queryKey: query.queryKey }),
  });
  const known =
    kind === 'device'
      ? data?.devices.some((row) => row.key === key)
      : data?.rooms.some((row) => row.id === key);
  const pinned = change.isPending ? change.variables : (known ?? false);
  const press = () => change.isPending || change.mutate(!pinned);
  useShortcut('p', 'pin', press);
  const Icon = pinned ? PinOff : Pin;
  return (
    <>
      <Button
        aria-pressed={pinned}
        aria-disabled={change.isPending}
        title={t(pinned ? 'pinUndo' : 'pinDo')}
        onClick={press}
      >
        <Icon aria-hidden className="size-4" />
        <span className={iconOnly ? 'sr-only' : undefined}>{t(pinned ? 'pinned' : 'pin')}</span>
      </Button>
      <span role="status" className="self-center text-small empty:sr-only">
        {change.isError ? t('pinFailed') : ''}
      </span>
    </>
  );
}
