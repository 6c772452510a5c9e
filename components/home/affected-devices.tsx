'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'use-intl';
import { devicePathOf } from '#components/devices/device-at-a-glance.tsx';
import { useIssueTitle, useShortIssueTitle } from '#components/issues/issue-title.ts';
import { SEVERITY_COLOUR, SeverityIcon } from '#components/issues/severity-icon.tsx';
import { CutText } from '#components/ui/cut-text.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { OverviewAnswer } from '#lib/api/inventory/overview-answers.ts';
import { ageAt } from '#lib/domain/devices/last-update.ts';
import { severityOf } from '#lib/domain/issues/issue.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';

/** Every device that needs attention, in the list of devices. */
const ALL = `/devices?${new URLSearchParams([
  ['issue', '(critical)'],
  ['issue', '(warning)'],
  ['sort', 'severity'],
])}`;

/** The devices that need attention, the most severe first, each by its place. */
export function AffectedDevices({ overview }: { overview: OverviewAnswer }) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const { items, critical, warning } = overview;
  const total = critical + warning;
  return (
    <section aria-labelledby="attention-list" className="card min-w-0 self-start">
      <div className="flex items-center justify-between gap-3 border-line border-b px-4 py-3">
        <h2 id="attention-list" className="font-semibold text-section">
          {t('list')}
        </h2>
        {total > 0 && (
          <Link href={ALL} prefetch={false} className="text-accent">
            {t('all', { n: format.number(total) })}
          </Link>
        )}
      </div>
      {items.length === 0 ? (
        <p className="px-4 py-6 text-quiet">{t('noneWhy')}</p>
      ) : (
        <ol className="divide-y divide-line">
          {items.map((item) => (
            <AffectedDevice key={item.device.key || item.device.deviceId} item={item} overview={overview} />
          ))}
        </ol>
      )}
    </section>
  );
}

type RowProps = { item: OverviewAnswer['items'][number]; overview: OverviewAnswer };

function AffectedDevice({ item: { device, path }, overview }: RowProps) {
  const t = useTranslations('overview');
  const issues = useTranslations('issues.severity');
  const list = useTranslations('list');
  const deviceTexts = useTranslations('device');
  const [title, short] = [useIssueTitle(), useShortIssueTitle()];
  const [worst, ...others] = device.issues;
  if (worst === undefined) return null;
  const severity = severityOf(worst);
  const name = device.name ?? device.deviceId ?? deviceTexts('unnamed');
  const href = devicePathOf(device);
  const place = device.room?.name ?? name;
  const row = (
    <>
      <span className="flex items-center gap-1.5 text-small max-sm:order-3">
        <SeverityIcon severity={severity} className="size-4 shrink-0" />
        <span className={SEVERITY_COLOUR[severity]}>{issues(severity)}</span>
      </span>
      <span className="flex min-w-0 font-semibold max-sm:order-1">
        <CutText text={place} />
      </span>
      <span className="flex min-w-0 text-quiet max-md:hidden">
        <CutText
          text={path.filter((part) => part !== null).join(' / ') || (device.room ? '' : t('noRoom'))}
        />
      </span>
      <span className="flex min-w-0 items-baseline gap-1.5 max-sm:order-4">
        <CutText text={short(worst)} />
        {others.length > 0 && (
          <span className="shrink-0 text-quiet text-small" title={others.map(title).join('\n')}>
            {list('andMore', { n: others.length })}
          </span>
        )}
      </span>
      <span className="text-right text-quiet max-sm:order-2">
        <Duration device={device} overview={overview} />
      </span>
    </>
  );
  const grid =
    'grid min-h-9 items-center gap-x-4 gap-y-0.5 px-4 py-1.5 text-text no-underline max-sm:grid-cols-[minmax(0,1fr)_auto] sm:grid-cols-[5.5rem_minmax(0,10fr)_minmax(0,13fr)_4rem] md:grid-cols-[5.5rem_minmax(0,11fr)_minmax(0,13fr)_minmax(0,13fr)_4rem]';
  return (
    <li>
      {href === null ? (
        <div className={grid}>{row}</div>
      ) : (
        <Link href={href} prefetch={false} title={name} className={`${grid} hover:bg-sunken`}>
          {row}
        </Link>
      )}
    </li>
  );
}

/** For how long the device has had its most severe issue. */
function Duration({ device, overview }: { device: RowProps['item']['device']; overview: OverviewAnswer }) {
  const { issueSince, observedAt, ageMs } = device;
  if (issueSince === null || observedAt === null || ageMs === null) return null;
  const lastedMs = ageAt(issueSince, { observedAt, ageMs });
  return <ShortAge as="span" at={issueSince} ageMs={lastedMs} receivedAt={firstSeenAt(overview)} />;
}
