'use client';

import { ArrowLeftRight, Check, ClipboardList } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { useCopied } from '#components/ui/copy-button.tsx';
import { CopyLinkButton } from '#components/ui/copy-link-button.tsx';
import type { ComparedSide, Comparing, Comparison } from '#lib/api/devices/device-answers.ts';
import { can } from '#lib/domain/access/operator.ts';
import { comparePath } from '#lib/domain/devices/comparison.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { ChooseDevice } from './choose-device.tsx';
import { ComparedRows } from './compared-rows.tsx';
import { SideHead } from './side-head.tsx';
import { useComparisonText } from './use-comparison-text.ts';

type Ids = { left: string | null; right: string | null };

type Props = {
  /** The ids in the address; null where none stands there. */
  asked: Ids;
  comparing: Comparing;
  appUrl: string;
};

/** Two devices side by side as they are known now, or the boxes to choose them in. Nothing is asked of DingTalk. */
export function CompareView({ asked, comparing, appUrl }: Props) {
  const t = useTranslations('compare');
  const { left, right, fields } = comparing;
  const path = comparePath(asked.left, asked.right);
  const side = (place: 'left' | 'right') => (
    <Side key={asked[place]} place={place} asked={asked} side={comparing[place]} />
  );
  return (
    <article aria-label={t('title')}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="font-semibold text-title">{t('title')}</h1>
        <div className="flex flex-wrap gap-2">
          {(asked.left !== null || asked.right !== null) && (
            <Link href={comparePath(asked.right, asked.left)} prefetch={false} className={buttonClass()}>
              <ArrowLeftRight aria-hidden className="size-4" />
              {t('swap')}
            </Link>
          )}
          {left && right && <CopyComparison comparison={{ left, right, fields }} link={appUrl + path} />}
          {left && right && <CopyLinkButton link={() => appUrl + path} />}
        </div>
      </div>
      <p className="mt-1 text-quiet">{t('why')}</p>
      <table className="mt-4 w-full table-fixed border-collapse max-md:block">
        <caption className="sr-only">{t('title')}</caption>
        <thead className="max-md:block">
          <tr className="max-md:block">
            <td className="w-52 max-md:hidden" />
            <th scope="col" className="pr-3 text-left align-top font-normal max-md:block max-md:pr-0">
              {side('left')}
            </th>
            <th scope="col" className="text-left align-top font-normal max-md:mt-4 max-md:block">
              {side('right')}
            </th>
          </tr>
        </thead>
        {left && right && (
          <ComparedRows
            fields={fields}
            names={{ left: nameOf(left), right: nameOf(right) }}
            seen={{ left: left.observedAt, right: right.observedAt }}
          />
        )}
      </table>
    </article>
  );
}

const nameOf = ({ device }: ComparedSide) => device.name ?? device.deviceId ?? '–';

type SideProps = Pick<Props, 'asked'> & { place: 'left' | 'right'; side: ComparedSide | null };

/** One of the two, or why it is not there, with the box to put another in its place. */
function Side({ asked, place, side }: SideProps) {
  const { role } = useReader();
  const t = useTranslations('compare');
  const id = asked[place];
  const to = (chosen: string) =>
    place === 'left' ? comparePath(chosen, asked.right) : comparePath(asked.left, chosen);
  return (
    <>
      {side && <SideHead side={side} />}
      {!side && id !== null && (
        <div role="alert">
          <p className="font-medium">
            {t.rich('unknown', { id, name: (text) => <span className="identifier">{text}</span> })}
          </p>
          {can(role, 'ask-live') && (
            <Link
              href={devicePath({ by: 'deviceId', id })}
              prefetch={false}
              className="text-accent underline underline-offset-2"
            >
              {t('lookUp')}
            </Link>
          )}
        </div>
      )}
      <ChooseDevice label={t(`choose.${place}`)} to={to} chosen={side !== null} />
    </>
  );
}

function CopyComparison({ comparison, link }: { comparison: Comparison; link: string }) {
  const t = useTranslations('compare');
  const text = useComparisonText();
  const { copied, copy } = useCopied();
  const Icon = copied ? Check : ClipboardList;
  return (
    <Button onClick={() => copy(text(comparison, link))}>
      <Icon aria-hidden className="size-4" />
      {t('copy')}
    </Button>
  );
}
