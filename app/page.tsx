import { redirect } from 'next/navigation';
import { pageCaller } from '#app/page-caller.ts';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { HomeView } from '#components/home/home-view.tsx';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { asAppError } from '#lib/domain/errors.ts';
import { MAX_QUERY_LENGTH } from '#lib/domain/inventory/fleet-filter.ts';
import { chosenPath } from '#lib/domain/search/search-choice.ts';
import { issueTitles, partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';
import { getOverview } from '#lib/services/inventory/overview.ts';
import { getPinsAndRecents } from '#lib/services/search/pins-and-recents.ts';
import { search } from '#lib/services/search/search.ts';

type Props = { searchParams: Promise<{ q?: string | string[] }> };

export default async function HomePage({ searchParams }: Props) {
  const { auth, config, services } = await runtime();
  const { q } = await searchParams;
  const text = typeof q === 'string' ? q.slice(0, MAX_QUERY_LENGTH) : '';
  const operator = await requireOperator(auth, text ? `/?q=${encodeURIComponent(text)}` : '/');
  // A form that was sent before its script ran still leads to what it names.
  const answer =
    text.trim() === ''
      ? null
      : await search(services, await pageCaller(operator), { text, ownOrigin: config.appUrl }).catch(
          unlessTooMany,
        );
  const path = answer && chosenPath(answer);
  if (path) redirect(path);
  const [t, { theme, locale }, pinsAndRecents, overview] = await Promise.all([
    requestTranslations(),
    requestChoices(),
    getPinsAndRecents(services, operator),
    getOverview(services, operator),
  ]);
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      <MessagesProvider
        messages={{
          ...partMessages(locale, ['overview', 'around', 'fleet', 'lastKnownNotice', 'list']),
          ...issueTitles(locale),
        }}
      >
        <HomeView
          sent={answer && { text, answer }}
          pinsAndRecents={pinsAndRecents}
          overview={overview.known === 0 ? null : overview}
        />
      </MessagesProvider>
    </PageFrame>
  );
}

/** The box asks by itself and says in its place that it was too often. */
function unlessTooMany(thrown: unknown): null {
  if (asAppError(thrown).code !== 'too-many-questions') throw thrown;
  return null;
}
