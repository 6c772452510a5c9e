'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { IntlProvider } from 'use-intl';
import { CopyAnnouncer } from '#components/ui/copy-announcer.tsx';
import type { Locale } from '#lib/i18n/locale.ts';
import type { Messages } from '#lib/i18n/messages.ts';

type Props = { locale: Locale; messages: Partial<Messages>; children: ReactNode };

/** What every client component stands on: the questions that are asked, and the words. */
export function Providers({ locale, messages, children }: Props) {
  const [client] = useState(newQueryClient);
  return (
    <QueryClientProvider client={client}>
      {/* Words that stayed on the server are not asked for here; a test holds the catalogue complete. */}
      <IntlProvider locale={locale} messages={messages as Messages} timeZone="UTC">
        <CopyAnnouncer>{children}</CopyAnnouncer>
      </IntlProvider>
    </QueryClientProvider>
  );
}

/**
 * Nothing asks by itself: every question may cost one of the organisation's calls. A question asked without a network
 * fails at once and says so; waiting, it would ask by itself whenever the network comes back.
 */
function newQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    },
  });
}
