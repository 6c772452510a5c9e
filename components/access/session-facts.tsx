'use client';

import { useTranslations } from 'use-intl';
import { When } from '#components/diagnostics/server-now.tsx';
import type { ShownSession } from '#lib/api/access/account-answers.ts';

/** One session in words: which browser, since when, last when, from where. */
export function SessionFacts({ session }: { session: ShownSession }) {
  const t = useTranslations('account');
  const { current, signedInAt, usedAt, address } = session;
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-3 font-medium">
        {useAgentText()(session.agent)}
        {current && (
          <span className="rounded bg-sunken px-2 py-0.5 font-normal text-small">{t('current')}</span>
        )}
      </p>
      <p className="flex flex-wrap gap-x-4 text-quiet text-small">
        <span>{t.rich('signedIn', { when: () => <When iso={signedInAt} /> })}</span>
        <span>{t.rich('used', { when: () => <When iso={usedAt} /> })}</span>
        {address !== 'unknown' && (
          <span>{t.rich('from', { address: () => <span className="identifier">{address}</span> })}</span>
        )}
      </p>
    </div>
  );
}

/** A browser and its system, by the names they have in every language. */
export function useAgentText() {
  const t = useTranslations('account');
  return ({ browser, system }: ShownSession['agent']): string => {
    if (browser !== null && system !== null) return t('agent', { browser, system });
    return browser ?? system ?? t('agentUnknown');
  };
}
