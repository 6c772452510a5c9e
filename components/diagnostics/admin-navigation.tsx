'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';

/** What of the service has a page of its own, in the order of how often it is wanted. */
const PLACES = [
  { href: '/admin', word: 'overview' },
  { href: '/alerts', word: 'attention' },
  { href: '/admin/audit', word: 'audit' },
  { href: '/admin/people', word: 'people' },
  { href: '/admin/tokens', word: 'tokens' },
] as const;

/** The ways between the pages of the service. */
export function ServicePlaces() {
  const t = useTranslations('nav.servicePlaces');
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
