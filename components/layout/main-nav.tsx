'use client';

import { Menu } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useClosingDetails } from '#components/ui/use-closing-details.ts';
import { mayOpen } from '#lib/domain/access/route-policy.ts';
import { useReader } from './reader-provider.tsx';

const PLACES = [
  { href: '/', word: 'home' },
  { href: '/rooms', word: 'rooms' },
  { href: '/devices', word: 'devices' },
  { href: '/alerts', word: 'alerts' },
  { href: '/admin', word: 'admin' },
] as const;

type Place = (typeof PLACES)[number];

/** Links to the main pages that the role may open: a row, or on a phone a menu named by the current page. */
export function MainNav() {
  const { role } = useReader();
  const t = useTranslations('nav');
  const path = usePathname();
  const places = PLACES.filter(({ href }) => mayOpen(role, href));
  const here = places.find(({ href }) => currentOf(path, href) !== undefined);
  const link = ({ href, word }: Place, className: string) => (
    <li key={href}>
      <Link href={href} prefetch={false} aria-current={currentOf(path, href)} className={className}>
        {t(word)}
      </Link>
    </li>
  );
  return (
    <>
      <nav aria-label={t('main')} className="hidden sm:block">
        <ul className="flex">
          {places.map((place) =>
            link(
              place,
              'flex h-12 items-center whitespace-nowrap border-transparent border-b-2 px-2 text-quiet no-underline hover:text-text aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-text bar:px-3',
            ),
          )}
        </ul>
      </nav>
      <PhoneMenu path={path} label={here ? t(here.word) : t('menu')} title={t('main')}>
        {places.map((place) =>
          link(
            place,
            'flex min-h-11 items-center rounded px-3 text-text no-underline hover:bg-sunken aria-[current]:bg-sunken aria-[current]:font-medium',
          ),
        )}
      </PhoneMenu>
    </>
  );
}

type PhoneMenuProps = { path: string; label: string; title: string; children: ReactNode };

/** Opens without scripts too. Escape, a press elsewhere and the next page close it. */
function PhoneMenu({ path, label, title, children }: PhoneMenuProps) {
  const { ref, onToggle } = useClosingDetails();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path closes the menu.
  useEffect(() => ref.current?.removeAttribute('open'), [path]);
  return (
    <details ref={ref} onToggle={onToggle} className="sm:hidden">
      <summary className="flex h-12 list-none items-center gap-1.5 rounded px-1 font-medium [&::-webkit-details-marker]:hidden">
        <Menu aria-hidden className="size-4" />
        {label}
      </summary>
      <nav
        aria-label={title}
        className="absolute inset-x-2 top-12 z-20 rounded-card border border-line-strong bg-surface p-1 shadow-lg"
      >
        <ul>{children}</ul>
      </nav>
    </details>
  );
}

/** `page` on the page itself, `true` on what lies below it. */
function currentOf(path: string, href: string): 'page' | 'true' | undefined {
  if (path === href) return 'page';
  return href !== '/' && path.startsWith(`${href}/`) ? 'true' : undefined;
}
