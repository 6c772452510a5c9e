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
  /** The worst that is wrong with it. */
  worst: IssueCode;
};

/**
 * What helps with a trouble and is not of the device itself: what came before it, who shares it, a healthy device to
 * compare with. Asked for when the page stands; the place that it takes is kept.
 */
export function IssueContextSections(props: Props) {
  const t = useTranslations('around');
  return (
    <section aria-label={t('title')} className="min-h-[6.75rem] border-line border-b py-2 md:min-h-[5.5rem]">
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
