import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import type { ReactNode } from 'react';
import { Providers } from '#components/layout/providers.tsx';
import { HTML_LANG } from '#lib/i18n/locale.ts';
import { clientMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import './globals.css';

/** Latin letters and digits alone; Chinese is drawn with the system's own face. */
const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-inter',
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslations();
  return {
    title: { default: t('app.name'), template: `%s · ${t('app.name')}` },
    description: t('app.tagline'),
    robots: { index: false, follow: false },
    icons: { icon: '/icon.svg' },
  };
}

export const viewport: Viewport = { colorScheme: 'light dark', width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [{ locale, theme }, t] = await Promise.all([requestChoices(), requestTranslations()]);
  return (
    <html lang={HTML_LANG[locale]} data-theme={theme} className={inter.variable}>
      <body>
        <a
          href="#content"
          className="sr-only bg-surface p-2 focus:not-sr-only focus:absolute focus:z-10 focus:m-2"
        >
          {t('app.skip')}
        </a>
        <Providers locale={locale} messages={clientMessages(locale)}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
