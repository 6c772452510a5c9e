import type { Metadata } from 'next';
import { pageCaller } from '#app/page-caller.ts';
import { PageFrame } from '#app/page-frame.tsx';
import { Refused, refusal } from '#app/refused.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { paramsOf, type SentParams } from '#app/search-params.ts';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { RoomsView } from '#components/rooms/rooms-view.tsx';
import { momentsIn } from '#lib/api/history/moment.ts';
import type { RoomGroupsAnswer } from '#lib/api/rooms/room-answers.ts';
import { AppError } from '#lib/domain/errors.ts';
import { readRoomsQuestion, roomsParams } from '#lib/domain/inventory/fleet-filter.ts';
import { groupTree, pathTo } from '#lib/domain/rooms/group-tree.ts';
import { partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { ROOMS_PAGE } from '#lib/queries/rooms/rooms.ts';
import { runtime } from '#lib/server/runtime.ts';
import { listRoomGroups } from '#lib/services/rooms/get-room.ts';
import { listRooms } from '#lib/services/rooms/list-rooms.ts';

/** A larger tree is asked for by the browser, which then keeps it from page to page. */
const GROUPS_IN_PAGE = 300;

type Props = { searchParams: SentParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslations();
  return { title: t('rooms.title') };
}

/** The organisation's rooms: the first page of the view in the address, taken over by the browser. */
export default async function RoomsPage({ searchParams }: Props) {
  const { auth, config, services } = await runtime();
  const params = await paramsOf(searchParams);
  const operator = await requireOperator(auth, params.size === 0 ? '/rooms' : `/rooms?${params}`);
  const question = readRoomsQuestion(params);
  const caller = await pageCaller(operator);
  const [t, { theme, locale }, answer, groups] = await Promise.all([
    requestTranslations(),
    requestChoices(),
    momentsIn(params)
      ? listRooms(services, caller, { question, page: { cursor: null, limit: ROOMS_PAGE } }).catch(refusal)
      : new AppError('invalid-question.moment'),
    listRoomGroups(services, question).catch(refusal),
  ]);
  if (answer instanceof AppError || groups instanceof AppError) {
    return (
      <PageFrame name={t('app.name')} theme={theme} operator={operator}>
        <Refused error={[answer, groups].find((each) => each instanceof AppError) as AppError} now="/rooms" />
      </PageFrame>
    );
  }
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      <MessagesProvider
        messages={partMessages(locale, [
          'rooms',
          'list',
          'lasting',
          'snapshots',
          ...(question.at === null ? [] : ['history' as const]),
        ])}
      >
        <RoomsView
          first={{ view: roomsParams(question).toString(), answer }}
          firstGroups={groups.items.length <= GROUPS_IN_PAGE ? groups : null}
          firstPath={pathOf(groups, question.group)}
          appUrl={config.appUrl}
        />
      </MessagesProvider>
    </PageFrame>
  );
}

/** The group in the address and all above it: its name is on the page however large the tree is. */
function pathOf({ items }: RoomGroupsAnswer, id: string | null): { id: string; name: string | null }[] {
  const node = id === null ? undefined : groupTree(items).get(id);
  return node ? pathTo(node).map(({ group }) => ({ id: group.id, name: group.name })) : [];
}
