'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';

/** The pages of the admin area. */
const PLACES = [
  { href: '/admin', word: 'overview' },
  { href: '/admin/audit', word: 'audit' },
  { href: '/admin/people', word: 'people' },
  { href: '/admin/tokens', word: 'tokens' },
] as const;

/** Links between the pages of the admin area. */
export function AdminNavigation() {
  const t = useTranslations('nav.adminPlaces');
  const path = usePathname();
  return (
    <nav aria-label={t('label')} className="mb-5">
      <ul className="-mx-2 flex flex-wrap gap-1">
        {PLACES.map(({ href, word }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              aria-current={path === href ? 'page' : undefined}
              className="flex min-h-8 items-center rounded px-2 text-quiet no-underline hover:bg-sunken aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-text"
            >
              {t(word)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
