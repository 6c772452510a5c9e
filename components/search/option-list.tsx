'use client';

import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { FindOption } from './find-options.ts';
import { OptionCard } from './option-card.tsx';
import type { Find } from './use-find.ts';

type Props = { id: string; find: Find };

/** What can be chosen, under its headings. The keyboard stays in the text; each is a link as well, for the mouse. */
export function OptionList({ id, find }: Props) {
  const t = useTranslations('search');
  const list = useRef<HTMLDivElement>(null);
  const { options, index } = find;
  useEffect(() => {
    if (index !== -1)
      list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  if (options.length === 0) return null;
  return (
    <div ref={list} id={`${id}-list`} role="listbox" aria-label={t('results')} aria-busy={find.waiting}>
      {groupsOf(options).map(([group, members]) => (
        // biome-ignore lint/a11y/useSemanticElements: a listbox holds groups, not fieldsets
        <div key={group} role="group" aria-labelledby={`${id}-${group}`} className="pb-2">
          <div
            id={`${id}-${group}`}
            role="presentation"
            className="px-3 pt-3 pb-1 font-semibold text-quiet text-small"
          >
            {t(`groups.${group}`)}
          </div>
          {members.map(({ option, position }) => (
            <Link
              key={option.key}
              id={`${id}-${position}`}
              role="option"
              aria-selected={position === index}
              tabIndex={-1}
              href={option.path}
              prefetch={false}
              onClick={({ metaKey, ctrlKey, shiftKey }) => {
                if (!(metaKey || ctrlKey || shiftKey)) find.leave?.();
              }}
              onPointerMove={() => position !== index && find.pointAt(option)}
              className="block border-transparent border-l-2 px-3 py-1.5 text-text no-underline aria-selected:border-accent aria-selected:bg-sunken"
            >
              <OptionCard option={option} />
            </Link>
          ))}
        </div>
      ))}
    </div>
  );
}

type Placed = { option: FindOption; position: number };

function groupsOf(options: FindOption[]): [FindOption['group'], Placed[]][] {
  const groups = new Map<FindOption['group'], Placed[]>();
  for (const [position, option] of options.entries()) {
    groups.set(option.group, [...(groups.get(option.group) ?? []), { option, position }]);
  }
  return [...groups];
}
