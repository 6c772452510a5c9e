'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'use-intl';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';

/** How much is known, each number leading to what it counts. */
export function InventoryNumbers({ inventory }: { inventory: ServiceAnswer['inventory'] }) {
  const t = useTranslations('admin.inventory');
  const format = useFormatter();
  const numbers = [
    { name: 'rooms', href: '/rooms' },
    { name: 'devices', href: '/devices' },
    { name: 'notObserved', href: '/devices?status=not-observed' },
    { name: 'devicesRemoved', href: '/devices?status=removed' },
    { name: 'roomsRemoved', href: '/rooms?condition=removed' },
  ] as const;
  return (
    <ul aria-label={t('title')} className="flex flex-wrap gap-x-8 gap-y-3">
      {numbers.map(({ name, href }) => (
        <li key={name}>
          <Link href={href} prefetch={false} className="group block text-text no-underline">
            <span className="block font-semibold text-title">{format.number(inventory[name])}</span>
            <span className="text-accent underline underline-offset-2">{t(name)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
