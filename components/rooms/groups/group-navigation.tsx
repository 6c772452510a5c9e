'use client';

import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { RoomGroupsAnswer } from '#lib/api/rooms/room-answers.ts';
import { type RoomsQuestion, WITHOUT } from '#lib/domain/inventory/fleet-filter.ts';
import { branchesNamed } from '#lib/domain/rooms/group-tree.ts';
import { GroupBranches } from './group-branches.tsx';
import { GroupLink } from './group-link.tsx';
import { useGroupName } from './group-texts.ts';
import type { Branch, Tree } from './use-groups.ts';

type Props = {
  question: RoomsQuestion;
  answer: RoomGroupsAnswer;
  tree: Tree;
  /** The chosen group and all above it. */
  path: Branch[];
};

/** From this many groups on a box finds among them. */
const WORTH_A_BOX = 15;
/** More than this do not stand open by themselves. */
const MOST_OPEN = 40;
/** More than this is not read but narrowed. */
const MOST_FOUND = 100;

/** All rooms, the tree of groups, and rooms in none: each a link to its rooms. */
export function GroupNavigation({ question, answer, tree, path }: Props) {
  const t = useTranslations('rooms');
  const [text, setText] = useState('');
  const issue = text.trim() !== '' && answer.items.length > WORTH_A_BOX;
  return (
    <nav aria-label={t('groups')}>
      {answer.items.length > WORTH_A_BOX && (
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={t('findGroup')}
          placeholder={t('findGroup')}
          className="mb-2 h-8 w-full rounded border border-line-strong bg-surface px-2 text-input placeholder:text-quiet md:text-base"
        />
      )}
      {issue ? (
        <Found question={question} tree={tree} text={text} />
      ) : (
        <ul>
          <Row>
            <GroupLink question={question} group={null} name={t('all')} sum={answer.all} />
          </Row>
          <GroupBranches
            question={question}
            branches={tree.tops}
            path={path}
            depth={0}
            openTo={openTo(tree)}
          />
          {answer.ungrouped.rooms > 0 && (
            <Row>
              <GroupLink question={question} group={WITHOUT} name={t('inNoGroup')} sum={answer.ungrouped} />
            </Row>
          )}
        </ul>
      )}
    </nav>
  );
}

/** Two levels are seen at once, or one where two would be too many to read. */
function openTo({ tops }: Tree): number {
  return tops.reduce((rows, { children }) => rows + 1 + children.length, 0) <= MOST_OPEN ? 1 : 0;
}

const Row = ({ children }: { children: ReactNode }) => <li className="flex">{children}</li>;

/** Groups by name, each with the way down to it. */
function Found({ question, tree, text }: { question: RoomsQuestion; tree: Tree; text: string }) {
  const t = useTranslations('rooms');
  const nameOf = useGroupName();
  const found = branchesNamed(tree, text);
  const more = found.length - MOST_FOUND;
  return (
    <>
      <ul>
        {found.slice(0, MOST_FOUND).map(({ group, parent }) => (
          <li key={group.id} className="flex">
            <GroupLink
              question={question}
              group={group.id}
              name={nameOf(group)}
              sum={group}
              within={parent && nameOf(parent.group)}
            />
          </li>
        ))}
      </ul>
      <p role="status" className="px-1.5 py-1 text-quiet text-small">
        {found.length === 0 && t('noSuchGroup')}
        {more > 0 && t('moreGroups', { n: more })}
      </p>
    </>
  );
}
