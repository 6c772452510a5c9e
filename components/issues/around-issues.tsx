'use client';

import { useQuery } from '@tanstack/react-query';
import { Columns2, Users } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { comparePath } from '#lib/domain/devices/comparison.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import { commonQuery, comparableDeviceQuery } from '#lib/queries/issues/around.ts';
import { AroundLine } from './around-line.tsx';
import { CameBefore } from './preceding-changes.tsx';
import { useSharedAttributeTexts } from './use-shared-attribute-texts.ts';

type Props = {
  deviceId: string;
  /** Its most severe issue. */
  worst: IssueCode;
};

/** What helps with an issue: the changes before it, other devices with it, and a similar healthy device to compare with. */
export function IssueContextSections(props: Props) {
  const t = useTranslations('around');
  return (
    <section aria-label={t('title')} className="mt-2 min-h-[5.5rem]">
      <CameBefore {...props} />
      <SharedBy {...props} />
      <ComparableDevice {...props} />
    </section>
  );
}

function SharedBy({ worst }: Props) {
  const t = useTranslations('around.common');
  const { data } = useQuery(commonQuery(useReader(), worst));
  const words = useSharedAttributeTexts();
  if (!data || data.devices < 2) return null;
  const [first] = data.common;
  return (
    <AroundLine Icon={Users}>
      <Link
        href={`/devices?issue=${worst}`}
        prefetch={false}
        className="text-accent underline underline-offset-2"
      >
        {words.sharedBy(data)}
      </Link>
      {first && (
        <span>
          {t('and')} <span className="text-quiet">{words.toHowMany(first)}</span>{' '}
          <span className="device-text font-medium">{words.what(first)}</span>{' '}
          <span className="text-quiet text-small">({words.counts(first)})</span>
        </span>
      )}
    </AroundLine>
  );
}

function ComparableDevice({ deviceId }: Props) {
  const t = useTranslations('around.comparable');
  const { data } = useQuery(comparableDeviceQuery(useReader(), deviceId));
  const comparable = data?.comparable;
  if (!comparable) return null;
  return (
    <AroundLine Icon={Columns2}>
      <Link
        href={comparePath(deviceId, comparable.deviceId)}
        prefetch={false}
        className="device-text text-accent underline underline-offset-2"
      >
        {t('compare', { name: comparable.name ?? comparable.deviceId })}
      </Link>{' '}
      <span className="device-text text-quiet text-small">
        {[t(`near.${comparable.near}`), comparable.roomName].filter(Boolean).join(' · ')}
      </span>
    </AroundLine>
  );
}
