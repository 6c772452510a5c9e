import Link from 'next/link';
import type { ReactNode } from 'react';
import { FindAnywhere } from '#components/search/find-anywhere.tsx';
import type { Operator } from '#lib/domain/access/operator.ts';
import { partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import type { Theme } from '#lib/i18n/theme.ts';
import { AccountBar } from './account-bar.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Live } from './live.tsx';
import { MainNav } from './main-nav.tsx';
import { MessagesProvider } from './messages-provider.tsx';
import { ReaderProvider } from './reader-provider.tsx';
import { ShortcutHelp } from './shortcut-help.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

type Props = {
  name: string;
  theme: Theme;
  /** Null on the pages that need no session. */
  operator: Operator | null;
  /** The number of the newest change that the page's data may hold; null without a session. */
  liveSince: number | null;
  /** Stands between the header and the page's own content. */
  notice?: ReactNode;
  children: ReactNode;
};

/** Every page's frame: where you are, the ways on, the search, the language, the theme, who you are. */
export async function PageFrame({ name, theme, operator, liveSince, notice, children }: Props) {
  const [{ locale }, t] = await Promise.all([requestChoices(), requestTranslations()]);
  const why = operator?.roleReason ? t(`roleReason.${operator.roleReason}`) : null;
  const frame = (
    <MessagesProvider messages={partMessages(locale, operator ? ['search', 'shortcuts'] : [])}>
      <header className="border-line border-b bg-surface">
        <div className="relative flex items-center gap-x-3 px-4 bar:gap-x-5 md:px-6">
          <Link
            href="/"
            prefetch={false}
            className="flex h-12 shrink-0 items-center gap-2 font-semibold text-input text-text no-underline"
          >
            <span aria-hidden className="logo size-6" />
            <span className={operator ? 'max-bar:sr-only' : undefined}>{name}</span>
          </Link>
          {operator && <MainNav />}
          <div className="ml-auto flex shrink-0 items-center bar:gap-1.5">
            {operator && <FindAnywhere />}
            <LanguageSwitch />
            <ThemeSwitch theme={theme} />
            {operator && <AccountBar name={operator.name} why={why} />}
          </div>
        </div>
      </header>
      {notice}
      <main id="content" tabIndex={-1} className="page-width pt-4 pb-8 outline-none md:pt-5">
        {children}
      </main>
      {operator && (
        <footer className="flex page-width pb-4 max-sm:pb-20">
          <ShortcutHelp />
        </footer>
      )}
      {operator && <Live since={liveSince} />}
    </MessagesProvider>
  );
  if (!operator) return frame;
  return (
    <ReaderProvider subject={operator.subject} role={operator.role}>
      {frame}
    </ReaderProvider>
  );
}
