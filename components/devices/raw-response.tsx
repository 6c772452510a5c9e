'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { rawAnswerQuery } from '#lib/queries/devices/device.ts';

type Props = { deviceRef: DeviceRef; observedAt: string };

// Marks that reorder what follows would show quotes and names where they are not.
const REORDERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const escaped = (mark: string) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** What DingTalk sent, fetched when it is opened. */
export function RawAnswer(props: Props) {
  const t = useTranslations('device');
  const [open, setOpen] = useState(false);
  return (
    <details
      className="border-line border-t py-4"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="w-fit font-semibold text-quiet text-small">{t('raw')}</summary>
      {open && <Raw {...props} />}
    </details>
  );
}

function Raw({ deviceRef, observedAt }: Props) {
  const t = useTranslations('device');
  const { data, error } = useQuery({
    ...rawAnswerQuery(useReader(), deviceRef, observedAt),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <QueryError error={error} />;
  if (!data) return <p className="mt-2 text-quiet">{t('rawLoading')}</p>;
  const text = JSON.stringify(data.raw, null, 2).replace(REORDERING, escaped);
  return (
    <>
      <p className="mt-2 flex items-center gap-2 text-quiet">
        {t('rawWhy')}
        <CopyButton text={text} what={t('raw')} />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="identifier mt-2 max-h-[32rem] overflow-auto rounded bg-sunken p-3">
        {text}
      </pre>
    </>
  );
}
