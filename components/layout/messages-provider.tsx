'use client';

import { type ReactNode, useMemo } from 'react';
import { IntlProvider, useLocale, useMessages, useTimeZone } from 'use-intl';
import type { Messages } from '#lib/i18n/messages.ts';

type Props = { messages: Partial<Messages>; children: ReactNode };

/** Adds a page's own words to those that travel with every page. */
export function MessagesProvider({ messages, children }: Props) {
  const outer = useMessages();
  const all = useMemo(() => ({ ...outer, ...messages }) as Messages, [outer, messages]);
  return (
    <IntlProvider locale={useLocale()} messages={all} timeZone={useTimeZone()}>
      {children}
    </IntlProvider>
  );
}
