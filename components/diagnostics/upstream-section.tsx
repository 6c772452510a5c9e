'use client';

import { useTranslations } from 'use-intl';
import { Fact, FactList } from '#components/ui/fact-list.tsx';
import { useErrorTexts } from '#components/ui/problem-panel.tsx';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import { Failures } from './failures.tsx';
import { Part } from './section.tsx';
import { When } from './server-now.tsx';

/** How DingTalk does: when it last answered and last failed, how old the token is, and what failed lately. */
export function UpstreamPart({ upstream }: { upstream: ServiceAnswer['upstream'] }) {
  const t = useTranslations('admin.upstream');
  const words = useErrorTexts();
  const { lastAnsweredAt, lastFailed, token, tokenFailed, failures } = upstream;
  return (
    <Part title={t('title')}>
      <FactList>
        <Fact label={t('lastAnswered')}>
          {lastAnsweredAt === null ? t('never') : <When iso={lastAnsweredAt} />}
        </Fact>
        <Fact label={t('lastFailed')}>
          {lastFailed === null ? (
            t('never')
          ) : (
            <span>
              <When iso={lastFailed.at} />
              {': '}
              {words(lastFailed).title}
            </span>
          )}
        </Fact>
        <Fact label={t('token')}>
          {token === null ? (
            t(tokenFailed ? 'tokenFailed' : 'tokenNone')
          ) : (
            <span>
              {t.rich('tokenAge', {
                from: () => <When iso={token.obtainedAt} />,
                to: () => <When iso={token.expiresAt} />,
              })}
            </span>
          )}
        </Fact>
      </FactList>
      <h3 className="mt-4 font-semibold text-quiet text-small">{t('failures')}</h3>
      <Failures calls={failures} />
    </Part>
  );
}
