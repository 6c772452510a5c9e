'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { BareButton } from '#components/ui/bare-button.tsx';
import type { RoomsQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import { GroupLink } from './group-link.tsx';
import { useGroupName } from './group-texts.ts';
import type { Branch } from './use-groups.ts';

type Level = {
  question: RoomsQuestion;
  /** The chosen group and all above it: these stand open. */
  path: Branch[];
  depth: number;
  /** Down to which depth groups stand open by themselves. */
  openTo: number;
};

/** Deeper than this, steps to the right would leave no room for names. */
const INDENTED_LEVELS = 6;

/** The groups of one level; what is closed is not drawn, so that thousands of groups cost nothing. */
export function GroupBranches({ branches, ...level }: Level & { branches: Branch[] }) {
  return branches.map((branch) => <GroupBranch key={branch.group.id} branch={branch} {...level} />);
}

function GroupBranch({ branch, question, path, depth, openTo }: Level & { branch: Branch }) {
  const t = useTranslations('rooms');
  const name = useGroupName()(branch.group);
  // The chosen group opens the way to itself, and whoever then closes it has the last word.
  const onPath = path.includes(branch) && path.at(-1) !== branch;
  const [turned, setTurned] = useState<{ open: boolean; onPath: boolean } | null>(null);
  const open = turned?.onPath === onPath ? turned.open : onPath || depth < openTo;
  const { children, group } = branch;
  return (
    // Rows far away are not laid out: a level may hold thousands.
    <li className={open ? undefined : '[contain-intrinsic-size:auto_2rem] [content-visibility:auto]'}>
      <div className="flex items-start">
        {children.length === 0 ? (
          <span className="w-6 shrink-0" />
        ) : (
          <BareButton
            aria-expanded={open}
            aria-label={t(open ? 'close' : 'open', { name })}
            onClick={() => setTurned({ open: !open, onPath })}
            className="mt-0.5 inline-flex h-7 w-6 shrink-0 items-center justify-center rounded-sm text-quiet hover:bg-sunken hover:text-text"
          >
            <ChevronRight aria-hidden className={`size-4 ${open ? 'rotate-90' : ''}`} />
          </BareButton>
        )}
        <GroupLink question={question} group={group.id} name={name} sum={group} />
      </div>
      {open && children.length > 0 && (
        <ul className={depth < INDENTED_LEVELS ? 'pl-3' : undefined}>
          <GroupBranches
            question={question}
            path={path}
            depth={depth + 1}
            openTo={openTo}
            branches={children}
          />
        </ul>
      )}
    </li>
  );
}
