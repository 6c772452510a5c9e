'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { can, type Role } from '#lib/domain/access/operator.ts';

const PLACES = [
  { href: '/', word: 'lookUp' },
  { href: '/rooms', word: 'rooms' },
  { href: '/devices', word: 'devices' },
] as const;

const ADMIN = { href: '/admin', word: 'service' } as const;
/** The pages of the admin area whose addresses are not below its own. */
const ALSO_ADMIN = ['/alerts'];

/** The ways through the desk, with the one marked that the reader stands in. */
export function MainNav({ role }: { role: Role }) {
  const t = useTranslations('nav');
  const path = usePathname();
  const places = can(role, 'see-service') ? [...PLACES, ADMIN] : PLACES;
  return (
    <nav aria-label={t('main')} className="order-last -mb-px w-full md:order-none md:w-auto">
      <ul className="-mx-2 flex md:mx-0">
        {places.map(({ href, word }) => (
          <li key={href} className="flex-1 md:flex-none">
            <Link
              href={href}
              prefetch={false}
              aria-current={standsIn(path, href)}
              className="flex h-10 items-center justify-center whitespace-nowrap border-transparent border-b-2 px-2 text-quiet no-underline hover:text-text aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-text md:h-12 md:px-3"
            >
              {t(word)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** `page` on the page itself, `true` on what lies below it. */
function standsIn(path: string, href: string): 'page' | 'true' | undefined {
  if (path === href) return 'page';
  if (href === ADMIN.href && ALSO_ADMIN.includes(path)) return 'true';
  return href !== '/' && path.startsWith(`${href}/`) ? 'true' : undefined;
}
