'use client';

import { Download } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { PastPanel } from '#components/history/as-of/as-of-panel.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { useAsOf } from '#components/ui/as-of.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { CopyLinkButton } from '#components/ui/copy-link-button.tsx';
import { useView } from '#components/ui/use-view.ts';
import { can } from '#lib/domain/access/operator.ts';
import { fleetCsvPath } from '#lib/queries/inventory/fleet.ts';
import { type FleetAddress, fleetAddress, withQuestion } from '#lib/queries/inventory/fleet-address.ts';
import { ColumnsPanel } from './columns-panel.tsx';
import { LabelsLink } from './labels-link.tsx';
import { SavedViews } from './saved-views.tsx';

type Props = {
  address: FleetAddress;
  appUrl: string;
  /** How many rows match; null while that is not known. */
  rows: number | null;
};

/** What can be done with a view: choose its columns, keep it, pass it on, take its rows along. */
export const FleetTools = memo(function FleetTools({ address, appUrl, rows }: Props) {
  const { role } = useReader();
  const view = useView();
  const asOf = useAsOf();
  const path = view.href(fleetAddress(address));
  const link = view.href(withQuestion(address, asOf));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SavedViews path={path} />
      <span className="hidden lg:contents">
        <ColumnsPanel address={address} />
      </span>
      <PastPanel />
      {asOf.at === null && rows !== null && rows > 0 && <LabelsLink question={address.question} />}
      <CopyLinkButton link={() => appUrl + link} short />
      {can(role, 'export') && rows !== null && rows > 0 && <CsvLink address={address} rows={rows} />}
    </div>
  );
});

function CsvLink({ address, rows }: { address: FleetAddress; rows: number }) {
  const t = useTranslations('fleet');
  return (
    <a
      href={fleetCsvPath(address.question)}
      download
      className={buttonClass()}
      title={t('csvWhy', { n: rows })}
    >
      <Download aria-hidden className="size-4" />
      {t('csv')}
      <span className="font-normal text-quiet">{t('csvRows', { n: rows })}</span>
    </a>
  );
}
