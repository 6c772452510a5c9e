'use client';

import { Columns3 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { DropPanel } from '#components/ui/drop-panel.tsx';
import { useView } from '#components/ui/use-view.ts';
import { ViewLink } from '#components/ui/view-link.tsx';
import {
  COLUMNS,
  type Column,
  type FleetAddress,
  fleetAddress,
  USUAL_COLUMNS,
} from '#lib/queries/inventory/fleet-address.ts';
import { COLUMN_STYLE } from './fleet-columns.ts';

/** Which columns the table has; kept in the address, so that a link shows what its sender saw. */
export function ColumnsPanel({ address }: { address: FleetAddress }) {
  const words = useTranslations();
  const t = useTranslations('fleet');
  const view = useView();
  const turn = (column: Column) => {
    const wanted = new Set(address.columns);
    if (!wanted.delete(column)) wanted.add(column);
    view.push(fleetAddress({ ...address, columns: COLUMNS.filter((one) => wanted.has(one)) }));
  };
  return (
    <DropPanel label={t('chooseColumns')} Icon={Columns3}>
      <fieldset className="grid grid-cols-2 gap-x-4">
        <legend className="sr-only">{t('chooseColumns')}</legend>
        {COLUMNS.map((column) => (
          <label key={column} className="flex min-h-8 cursor-pointer items-center gap-2">
            <input
              type="checkbox"
              checked={address.columns.includes(column)}
              onChange={() => turn(column)}
              className="size-4 accent-accent"
            />
            {words(COLUMN_STYLE[column].word)}
          </label>
        ))}
      </fieldset>
      <ViewLink
        to={fleetAddress({ ...address, columns: USUAL_COLUMNS })}
        className="mt-2 inline-flex min-h-7 items-center rounded-sm text-accent text-small underline underline-offset-2"
      >
        {t('usualColumns')}
      </ViewLink>
    </DropPanel>
  );
}
