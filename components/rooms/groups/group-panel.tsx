'use client';

import { FolderTree } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { FacetList } from '#components/ui/list/facet-list.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { RoomsAnswer } from '#lib/api/rooms/room-answers.ts';
import type { RoomsQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import { turned, withRooms } from '#lib/queries/rooms/rooms-address.ts';
import { GroupNavigation } from './group-navigation.tsx';
import type { Branch, useGroups } from './use-groups.ts';

type Props = {
  question: RoomsQuestion;
  groups: ReturnType<typeof useGroups>;
  /** The chosen group and all above it. */
  path: Branch[];
  /** What the chosen group is called, for the button that opens this where there is no room for it. */
  chosenName: string;
  answer: RoomsAnswer | undefined;
};

/** Where to look: the organisation's groups and the labels, beside the list or, where that is narrow, folded above it. */
export function GroupPanel({ question, groups, path, chosenName, answer }: Props) {
  const t = useTranslations('rooms');
  const list = useTranslations('list');
  // Where it is folded, it folds again once a group was chosen: the rooms are what was wanted.
  const [openAt, setOpenAt] = useState<{ group: string | null } | null>(null);
  const open = openAt !== null && openAt.group === question.group;
  const { data, tree, error, isFetching, refetch } = groups;
  const box = useChosenInSight(question.group, open, tree !== null);
  return (
    <aside aria-label={t('groupsAndLabels')} className="min-w-0">
      <a href="#list" className="sr-only bg-surface p-2 focus:not-sr-only focus:absolute focus:z-10">
        {t('skipToList')}
      </a>
      <Button
        aria-expanded={open}
        aria-controls="groups"
        onClick={() => setOpenAt(open ? null : { group: question.group })}
        className="mb-3 max-w-full xl:hidden"
      >
        <FolderTree aria-hidden className="size-4 shrink-0" />
        <span className="sr-only">{t('groupsAndLabels')}: </span>
        <span className="device-text line-clamp-1 break-all">{chosenName}</span>
      </Button>
      <div
        ref={box}
        id="groups"
        className={`-mx-1 mb-4 max-h-[60dvh] overflow-y-auto px-1 xl:-mt-1 xl:pt-1 border-line border-y py-2 xl:sticky xl:top-4 xl:mb-0 xl:block xl:max-h-[calc(100dvh-2rem)] xl:border-0 xl:pb-0 ${open ? '' : 'hidden'}`}
      >
        <QueryError
          error={error}
          stillShown={data && list('stillShown')}
          busy={isFetching}
          onRetry={() => void refetch()}
        />
        {data && tree && <GroupNavigation question={question} answer={data} tree={tree} path={path} />}
        {!data && !error && <WaitingGroups />}
        {answer && (data || error) && <Labels question={question} answer={answer} />}
      </div>
    </aside>
  );
}

/** Brings the chosen group into sight within its box, and nothing else: the page stays where it is. */
function useChosenInSight(group: string | null, open: boolean, known: boolean) {
  const ref = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what may bring the chosen group out of sight
  useEffect(() => {
    const box = ref.current;
    const chosen = box?.querySelector('nav [aria-current]');
    if (!box || !chosen) return;
    const [outer, inner] = [box.getBoundingClientRect(), chosen.getBoundingClientRect()];
    const inSight = inner.top >= outer.top && inner.bottom <= Math.min(outer.bottom, window.innerHeight);
    if (!inSight) box.scrollTop += inner.top - outer.top - box.clientHeight / 3;
  }, [group, open, known]);
  return ref;
}

function WaitingGroups() {
  const t = useTranslations('rooms');
  return (
    <div>
      <p role="status" className="sr-only">
        {t('groupsWaiting')}
      </p>
      <div aria-hidden>
        {[36, 24, 40, 28, 32, 20].map((width) => (
          <div key={width} className="flex h-8 items-center">
            <div className="h-4 rounded bg-sunken" style={{ width: `${width * 0.25}rem` }} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Labels({ question, answer }: { question: RoomsQuestion; answer: RoomsAnswer }) {
  const t = useTranslations('rooms');
  const counted = answer.facets.label.flatMap(({ value, count }) =>
    value === null ? [] : [{ value, count }],
  );
  const missing = question.label
    .filter((label) => !counted.some(({ value }) => value === label))
    .map((value) => ({ value, count: 0 }));
  const options = [...counted, ...missing].map(({ value, count }) => ({
    key: value,
    label: value,
    word: value,
    count,
    chosen: question.label.includes(value),
    to: withRooms(question, { label: turned(question.label, value) }),
  }));
  return (
    <div className="mt-4">
      <FacetList title={t('facets.label')} options={options} total={answer.total} />
    </div>
  );
}
