import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Providers } from '#components/layout/providers.tsx';
import { HTML_LANG } from '#lib/i18n/locale.ts';
import { clientMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestWords } from '#lib/i18n/request-texts.ts';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const say = await requestWords();
  return {
    title: { default: say('app.name'), template: `%s · ${say('app.name')}` },
    description: say('app.tagline'),
    robots: { index: false, follow: false },
    icons: { icon: '/icon.svg' },
  };
}

export const viewport: Viewport = { colorScheme: 'light dark', width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [{ locale, theme }, say] = await Promise.all([requestChoices(), requestWords()]);
  return (
    <html lang={HTML_LANG[locale]} data-theme={theme}>
      <body>
        <a
          href="#content"
          className="sr-only bg-surface p-2 focus:not-sr-only focus:absolute focus:z-10 focus:m-2"
        >
          {say('app.skip')}
        </a>
        <Providers locale={locale} messages={clientMessages(locale)}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
