import Link from 'next/link';
import type { ReactNode } from 'react';
import { LookUpBox } from '#components/lookup/look-up-box.tsx';
import type { Operator } from '#lib/domain/operator.ts';
import type { Theme } from '#lib/words/theme.ts';
import { AccountBar } from './account-bar.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

type Props = {
  name: string;
  theme: Theme;
  /** Null on the pages that need no session. */
  operator: Operator | null;
  /** The desk's own origin when the bar offers the look-up box; null where the page has one of its own. */
  lookUpIn: string | null;
  children: ReactNode;
};

/** Every page's frame: where you are, the box, the language, the theme, who you are. */
export function PageFrame({ name, theme, operator, lookUpIn, children }: Props) {
  return (
    <>
      <header className="border-line border-b bg-surface">
        <div className="mx-auto flex max-w-[75rem] flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
          <Link href="/" prefetch={false} className="mr-2 font-semibold text-input text-text no-underline">
            {name}
          </Link>
          {lookUpIn !== null && (
            <div className="order-last w-full md:order-none md:w-72">
              <LookUpBox appUrl={lookUpIn} size="bar" />
            </div>
          )}
          <div className="ml-auto flex items-center gap-1.5">
            <LanguageSwitch />
            <ThemeSwitch theme={theme} />
            {operator && <AccountBar name={operator.name} role={operator.role} />}
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto max-w-[75rem] px-4 py-6 outline-none md:py-8">
        {children}
      </main>
    </>
  );
}
