import type { Metadata } from 'next';
import { RoomView } from '#components/rooms/room-view.tsx';
import { MoreWords } from '#components/shell/more-words.tsx';
import { PageFrame } from '#components/shell/page-frame.tsx';
import { currentOperator, requireOperator } from '#lib/auth/require-operator.ts';
import { asAppError } from '#lib/domain/errors.ts';
import type { Operator } from '#lib/domain/operator.ts';
import { roomPath } from '#lib/domain/room.ts';
import type { RoomAnswer } from '#lib/domain/rooms-answer.ts';
import { type Runtime, runtime } from '#lib/runtime.ts';
import { getRoom } from '#lib/services/get-room.ts';
import { partMessages } from '#lib/words/messages.ts';
import { requestChoices, requestWords } from '#lib/words/request-words.ts';

type Props = { params: Promise<{ roomId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ auth, services }, say, id] = await Promise.all([runtime(), requestWords(), idOf(params)]);
  // Whoever is not signed in learns no name.
  const operator = await currentOperator(auth);
  const known = operator && (await findRoom(services, operator, id));
  return { title: say('rooms.one.documentTitle', { name: known?.room.name ?? id }) };
}

/** A room: drawn from what is known, kept true by the browser. */
export default async function RoomPage({ params }: Props) {
  const { auth, config, services } = await runtime();
  const id = await idOf(params);
  const operator = await requireOperator(auth, roomPath(id));
  const [say, { theme, locale }, known] = await Promise.all([
    requestWords(),
    requestChoices(),
    findRoom(services, operator, id),
  ]);
  return (
    <PageFrame name={say('app.name')} theme={theme} operator={operator}>
      <MoreWords messages={partMessages(locale, ['rooms', 'list', 'lasting', 'history'])}>
        <RoomView
          key={id}
          reader={{ subject: operator.subject, role: operator.role }}
          roomId={id}
          known={known}
          appUrl={config.appUrl}
        />
      </MoreWords>
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
): Promise<RoomAnswer | null> {
  try {
    return await getRoom(services, operator, id);
  } catch (error) {
    if (asAppError(error).code === 'room-not-found') return null;
    throw error;
  }
}
