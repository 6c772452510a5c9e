'use client';

import { useTranslations } from 'use-intl';
import { Fact, FactList } from '#components/ui/fact-list.tsx';
import { useProblemWords } from '#components/ui/problem-panel.tsx';
import type { ServiceAnswer } from '#lib/domain/diagnostics/system-answer.ts';
import { Failures } from './failures.tsx';
import { Part } from './section.tsx';
import { When } from './server-now.tsx';

/** How DingTalk does: when it last answered and last failed, how old the token is, and what failed lately. */
export function UpstreamPart({ upstream }: { upstream: ServiceAnswer['upstream'] }) {
  const say = useTranslations('service.upstream');
  const words = useProblemWords();
  const { lastAnsweredAt, lastFailed, token, tokenFailed, failures } = upstream;
  return (
    <Part title={say('title')}>
      <FactList>
        <Fact label={say('lastAnswered')}>
          {lastAnsweredAt === null ? say('never') : <When iso={lastAnsweredAt} />}
        </Fact>
        <Fact label={say('lastFailed')}>
          {lastFailed === null ? (
            say('never')
          ) : (
            <span>
              <When iso={lastFailed.at} />
              {': '}
              {words(lastFailed).title}
            </span>
          )}
        </Fact>
        <Fact label={say('token')}>
          {token === null ? (
            say(tokenFailed ? 'tokenFailed' : 'tokenNone')
          ) : (
            <span>
              {say.rich('tokenAge', {
                from: () => <When iso={token.obtainedAt} />,
                to: () => <When iso={token.expiresAt} />,
              })}
            </span>
          )}
        </Fact>
      </FactList>
      <h3 className="mt-4 font-semibold text-quiet text-small">{say('failures')}</h3>
      <Failures calls={failures} />
    </Part>
  );
}
