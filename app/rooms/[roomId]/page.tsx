import type { Metadata } from 'next';
import { PageFrame } from '#app/page-frame.tsx';
import { Refused, refusal } from '#app/refused.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { paramsOf, type SentParams } from '#app/search-params.ts';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { NotesView } from '#components/notes/notes-view.tsx';
import { RoomView } from '#components/rooms/room-view.tsx';
import { momentsIn } from '#lib/api/history/moment.ts';
import type { RoomAnswer } from '#lib/api/rooms/room-answers.ts';
import { currentOperator } from '#lib/auth/require-operator.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { AppError, asAppError } from '#lib/domain/errors.ts';
import { NOW, type PastQuestion, pastParams, readPast } from '#lib/domain/inventory/fleet-filter.ts';
import { roomPath } from '#lib/domain/rooms/room.ts';
import { partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { type Runtime, runtime } from '#lib/server/runtime.ts';
import { notesOn } from '#lib/services/notes/notes.ts';
import { getRoom } from '#lib/services/rooms/get-room.ts';

type Props = { params: Promise<{ roomId: string }>; searchParams: SentParams };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const [{ auth, services }, t, id] = await Promise.all([runtime(), requestTranslations(), idOf(params)]);
  // Whoever is not signed in learns no name.
  const operator = await currentOperator(auth);
  const known = operator && (await findRoom(services, operator, id));
  return { title: t('rooms.one.documentTitle', { name: known?.room.name ?? id }) };
}

/** A room: drawn from what is known, kept true by the browser. */
export default async function RoomPage({ params, searchParams }: Props) {
  const { auth, config, services } = await runtime();
  const id = await idOf(params);
  const asked = await paramsOf(searchParams);
  const operator = await requireOperator(auth, asked.size === 0 ? roomPath(id) : `${roomPath(id)}?${asked}`);
  const past = readPast(asked);
  const [t, { theme, locale }, known, notes] = await Promise.all([
    requestTranslations(),
    requestChoices(),
    momentsIn(asked)
      ? findRoom(services, operator, id, past).catch(refusal)
      : new AppError('invalid-question.moment'),
    past.at === null ? notesOn(services, operator, { roomId: id }) : null,
  ]);
  if (known instanceof AppError) {
    return (
      <PageFrame name={t('app.name')} theme={theme} operator={operator}>
        <Refused error={known} now={roomPath(id)} />
      </PageFrame>
    );
  }
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      <MessagesProvider
        messages={partMessages(locale, [
          'rooms',
          'labels',
          'list',
          'lasting',
          'history',
          'snapshots',
          'issues',
          ...(notes ? ['notes' as const] : []),
        ])}
      >
        <RoomView
          key={`${id} ${pastParams(past)}`}
          roomId={id}
          known={known}
          past={past}
          appUrl={config.appUrl}
          notes={notes && <NotesView {...notes} />}
        />
      </MessagesProvider>
    </PageFrame>
  );
}

async function idOf(params: Props['params']): Promise<string> {
  const { roomId } = await params;
  try {
    return decodeURIComponent(roomId);
  } catch {
    return roomId;
  }
}

async function findRoom(
  services: Runtime['services'],
  operator: Operator,
  id: string,
  past: PastQuestion = NOW,
): Promise<RoomAnswer | null> {
  try {
    return await getRoom(services, operator, id, past);
  } catch (error) {
    // The browser asks again for one that may yet be found; the past has no such hope.
    if (asAppError(error).reason === 'room-not-found.room') return null;
    throw error;
  }
}
