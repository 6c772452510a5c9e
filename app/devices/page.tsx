import type { Metadata } from 'next';
import { pageCaller } from '#app/page-caller.ts';
import { PageFrame } from '#app/page-frame.tsx';
import { Refused, refusal } from '#app/refused.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { paramsOf, type SentParams } from '#app/search-params.ts';
import { FleetView } from '#components/inventory/fleet-view.tsx';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { momentsIn } from '#lib/api/history/moment.ts';
import type { FleetAnswer } from '#lib/api/inventory/fleet-answers.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { AppError } from '#lib/domain/errors.ts';
import {
  type FleetQuestion,
  fleetParams,
  readFleetQuestion,
  WITHOUT,
} from '#lib/domain/inventory/fleet-filter.ts';
import { issueTitles, partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { FIRST_ROWS } from '#lib/queries/inventory/fleet.ts';
import { type Runtime, runtime } from '#lib/server/runtime.ts';
import { listFleet } from '#lib/services/inventory/list-fleet.ts';
import { getRoom, listRoomGroups } from '#lib/services/rooms/get-room.ts';

type Props = { searchParams: SentParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslations();
  return { title: t('fleet.title') };
}

/** Every known device: the first page of the view in the address, taken over by the browser. */
export default async function FleetPage({ searchParams }: Props) {
  const { auth, config, services } = await runtime();
  const params = await paramsOf(searchParams);
  const operator = await requireOperator(auth, params.size === 0 ? '/devices' : `/devices?${params}`);
  const question = readFleetQuestion(params);
  const caller = await pageCaller(operator);
  const [t, { theme, locale }, answer] = await Promise.all([
    requestTranslations(),
    requestChoices(),
    momentsIn(params)
      ? listFleet(services, caller, { question, page: { cursor: null, limit: FIRST_ROWS } }).catch(refusal)
      : new AppError('invalid-question.moment'),
  ]);
  if (answer instanceof AppError) {
    return (
      <PageFrame name={t('app.name')} theme={theme} operator={operator}>
        <Refused error={answer} now="/devices" />
      </PageFrame>
    );
  }
  const names = await namesOf(services, operator, question, answer);
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      <MessagesProvider
        messages={{
          ...partMessages(locale, [
            'around',
            'fleet',
            'labels',
            'list',
            'snapshots',
            ...(question.at === null ? [] : ['history' as const]),
          ]),
          ...issueTitles(locale),
        }}
      >
        <FleetView
          first={{ view: fleetParams(question).toString(), answer }}
          names={names}
          appUrl={config.appUrl}
        />
      </MessagesProvider>
    </PageFrame>
  );
}

/** The names of what is narrowed to by id, where no row and no count would say them. */
async function namesOf(
  services: Runtime['services'],
  operator: Operator,
  { room, facets, at, against }: FleetQuestion,
  { items, facets: counted }: FleetAnswer,
) {
  const said = new Set(counted.group.map(({ value }) => value));
  const unsaid = facets.group.filter((id) => id !== null && !said.has(id));
  const groups = unsaid.length === 0 ? [] : (await listRoomGroups(services, { at, against })).items;
  const needsRoom = room !== null && room !== WITHOUT && items.length === 0;
  // A room that is not known any more is called by its id.
  const known = needsRoom ? await getRoom(services, operator, room, { at, against }).catch(() => null) : null;
  return {
    room: known?.room.name ?? items.find((row) => row.room?.id === room)?.room?.name ?? null,
    groups: Object.fromEntries(
      groups.filter(({ id }) => unsaid.includes(id)).map(({ id, name }) => [id, name]),
    ),
  };
}
