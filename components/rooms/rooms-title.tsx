'use client';

import { useTranslations } from 'use-intl';
import { ViewLink } from '#components/ui/view-link.tsx';
import type { RoomsAnswer } from '#lib/api/rooms/room-answers.ts';
import type { RoomsQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import { isNarrowed, withRooms } from '#lib/queries/rooms/rooms-address.ts';

type Props = {
  question: RoomsQuestion;
  /** What the chosen group is called, or that it is all or none. */
  name: string;
  /** The groups above the chosen one, from the top down. */
  above: { id: string; name: string }[];
  answer: RoomsAnswer | undefined;
};

/** Which rooms these are and how many; said again when filters change it. */
export function RoomsTitle({ question, name, above, answer }: Props) {
  const t = useTranslations('rooms');
  return (
    <div className="min-w-0">
      <h1 className="device-text min-w-0 font-semibold text-title">{name}</h1>
      <div className="flex flex-wrap gap-x-3 text-quiet">
        {above.length > 0 && (
          <nav aria-label={t('path')}>
            <ol className="flex flex-wrap gap-x-1.5">
              {above.map((group, at) => (
                <li key={group.id} className="flex min-w-0 gap-1.5">
                  {at > 0 && <span aria-hidden>/</span>}
                  <ViewLink
                    to={withRooms(question, { group: group.id })}
                    className="device-text line-clamp-1 text-quiet underline-offset-2 hover:text-text hover:underline"
                  >
                    {group.name}
                  </ViewLink>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <p role="status">{answer && countOf(answer, question, t)}</p>
      </div>
    </div>
  );
}

function countOf(
  { total, known }: RoomsAnswer,
  question: RoomsQuestion,
  t: ReturnType<typeof useTranslations<'rooms'>>,
) {
  // Gone rooms are not among the known, so with them there is no "of".
  const whole = !isNarrowed(question) || question.condition === 'removed';
  return whole ? t('count', { n: total }) : t('countOf', { n: total, known });
}
