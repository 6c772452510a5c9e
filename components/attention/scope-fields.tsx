'use client';

import { useTranslations } from 'use-intl';
import type { AttentionAnswer, ShownScope } from '#lib/domain/attention-answer.ts';
import type { ScopeSent } from '#lib/queries/attention.ts';
import { ChoiceField, LinesField, linesOf } from './field.tsx';

const KINDS = ['everything', 'groups', 'rooms', 'devices'] as const;

/** Which devices, as a form holds it while somebody fills it in. */
export type ScopeDraft = { kind: (typeof KINDS)[number]; group: string; ids: string };

export const EVERYTHING: ScopeDraft = { kind: 'everything', group: '', ids: '' };

/** A scope that is kept, to be changed. What has several kinds at once is shown by the first of them. */
export function draftOf({ everything, groups, rooms, devices }: ShownScope): ScopeDraft {
  const [group] = groups;
  if (everything) return EVERYTHING;
  if (group) return { kind: 'groups', group: group.id, ids: '' };
  const kind = rooms.length > 0 ? 'rooms' : 'devices';
  return { kind, group: '', ids: (kind === 'rooms' ? rooms : devices).map(({ id }) => id).join('\n') };
}

/** The same as it is sent. */
export function scopeOf({ kind, group, ids }: ScopeDraft): ScopeSent {
  if (kind === 'everything') return { everything: true };
  return { everything: false, [kind]: kind === 'groups' ? [group] : linesOf(ids) };
}

type Props = {
  draft: ScopeDraft;
  groups: AttentionAnswer['groups'];
  onChange: (draft: ScopeDraft) => void;
};

/** Chooses devices: all, a room group with what is below it, or rooms or devices by their ids. */
export function ScopeFields({ draft, groups, onChange }: Props) {
  const say = useTranslations('attention.scope');
  const kinds = KINDS.filter((kind) => kind !== 'groups' || groups.length > 0);
  return (
    <>
      <ChoiceField
        label={say('label')}
        value={draft.kind}
        choices={kinds.map((kind) => ({ value: kind, word: say(kind) }))}
        onChoose={(value) => {
          const kind = KINDS.find((each) => each === value) ?? 'everything';
          onChange({ ...draft, kind, group: draft.group || (groups[0]?.id ?? ''), ids: '' });
        }}
      />
      {draft.kind === 'groups' && (
        <ChoiceField
          label={say('group')}
          value={draft.group}
          choices={groups.map(({ id, name, depth }) => ({
            value: id,
            // Spaces at the beginning are not drawn; these are.
            word: `${'\u2003'.repeat(depth)}${name ?? id}`,
          }))}
          onChoose={(group) => onChange({ ...draft, group })}
        />
      )}
      {(draft.kind === 'rooms' || draft.kind === 'devices') && (
        <LinesField
          label={say(draft.kind === 'rooms' ? 'roomIds' : 'deviceIds')}
          value={draft.ids}
          required
          onChange={({ target }) => onChange({ ...draft, ids: target.value })}
          className="sm:col-span-2"
        />
      )}
    </>
  );
}

/** A scope in words. */
export function useScopeWords(): (scope: ShownScope) => string {
  const say = useTranslations('attention');
  return ({ everything, groups, rooms, devices }) =>
    everything
      ? say('everything')
      : [...groups, ...rooms, ...devices].map(({ id, name }) => name ?? id).join(', ');
}
