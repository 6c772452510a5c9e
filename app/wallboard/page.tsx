import type { Metadata } from 'next';
import { feedPosition } from '#app/feed-position.ts';
import { pageCaller } from '#app/page-caller.ts';
import { requireOperator } from '#app/require-operator.ts';
import { paramsOf, type SentParams } from '#app/search-params.ts';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { ReaderProvider } from '#components/layout/reader-provider.tsx';
import { WallboardView } from '#components/wallboard/wallboard-view.tsx';
import { issueTitles, partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { WALLBOARD_PARTS, WALLBOARD_ROWS, wallboardFilter } from '#lib/queries/inventory/wallboard.ts';
import { runtime } from '#lib/server/runtime.ts';
import { listFleet } from '#lib/services/inventory/list-fleet.ts';
import { listRoomGroups } from '#lib/services/rooms/get-room.ts';

type Props = { searchParams: SentParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslations();
  return { title: t('wallboard.title') };
}

/** What a screen on a wall shows of all rooms or of a group: how many are how, and what wants somebody. */
export default async function WallboardPage({ searchParams }: Props) {
  const { auth, services } = await runtime();
  const params = await paramsOf(searchParams);
  const operator = await requireOperator(auth, params.size === 0 ? '/wallboard' : `/wallboard?${params}`);
  const groupId = params.get('group') || null;
  const caller = await pageCaller(operator);
  const page = { cursor: null, limit: WALLBOARD_ROWS };
  const [{ locale, theme }, groups, first] = await Promise.all([
    requestChoices(),
    groupId === null ? null : listRoomGroups(services),
    Promise.all(
      WALLBOARD_PARTS.map((part) =>
        listFleet(services, caller, { question: wallboardFilter(groupId, part), page }),
      ),
    ),
  ]);
  const group = groups?.items.find(({ id }) => id === groupId);
  return (
    <MessagesProvider
      messages={{ ...partMessages(locale, ['wallboard', 'list', 'shortcuts']), ...issueTitles(locale) }}
    >
      <ReaderProvider subject={operator.subject} role={operator.role}>
        <WallboardView
          group={
            groupId === null ? null : { id: groupId, name: group?.name ?? null, isKnown: group !== undefined }
          }
          first={first}
          // A wall in a room is dark; only somebody who chose light has it light.
          dark={theme !== 'light'}
          liveSince={await feedPosition()}
        />
      </ReaderProvider>
    </MessagesProvider>
  );
}
