'use client';

import { useTranslations } from 'use-intl';
import type { AlertsAnswer, ShownScope } from '#lib/api/alerts/alert-answers.ts';
import type { ScopeSent } from '#lib/queries/alerts/alerts.ts';
import { ChoiceField, LinesField, linesOf } from './field.tsx';

const KINDS = ['everything', 'groups', 'rooms', 'devices'] as const;

/** Which devices, as a form holds it while somebody fills it in. */
export type ScopeDraft = {
  kind: (typeof KINDS)[number] | 'kept';
  group: string;
  ids: string;
  /** What is kept and more than a form shows: it stays as it is until something else is chosen. */
  kept?: ShownScope;
};

export const EVERYTHING: ScopeDraft = { kind: 'everything', group: '', ids: '' };

/** A scope that is kept, to be changed. */
export function draftOf(scope: ShownScope): ScopeDraft {
  const { everything, groups, rooms, devices } = scope;
  const [group] = groups;
  if (everything) return EVERYTHING;
  const kinds = [groups, rooms, devices].filter((each) => each.length > 0);
  if (kinds.length > 1 || groups.length > 1) return { kind: 'kept', group: '', ids: '', kept: scope };
  if (group) return { kind: 'groups', group: group.id, ids: '' };
  const kind = rooms.length > 0 ? 'rooms' : 'devices';
  return { kind, group: '', ids: (kind === 'rooms' ? rooms : devices).map(({ id }) => id).join('\n') };
}

/** The same as it is sent. */
export function scopeOf({ kind, group, ids, kept }: ScopeDraft): ScopeSent {
  if (kind === 'everything') return { everything: true };
  if (kind === 'kept')
    return {
      everything: false,
      groups: idsOf(kept?.groups),
      rooms: idsOf(kept?.rooms),
      devices: idsOf(kept?.devices),
    };
  return { everything: false, [kind]: kind === 'groups' ? [group] : linesOf(ids) };
}

const idsOf = (named: { id: string }[] = []) => named.map(({ id }) => id);

type Props = {
  draft: ScopeDraft;
  groups: AlertsAnswer['groups'];
  onChange: (draft: ScopeDraft) => void;
};

/** Chooses devices: all, a room group with what is below it, or rooms or devices by their ids. */
export function ScopeFields({ draft, groups, onChange }: Props) {
  const t = useTranslations('alerts.scope');
  const words = useScopeTexts();
  const { kept } = draft;
  const kinds = KINDS.filter((kind) => kind !== 'groups' || groups.length > 0);
  return (
    <>
      <ChoiceField
        label={t('label')}
        value={draft.kind}
        choices={[
          ...(kept ? [{ value: 'kept', word: t('kept', { what: words(kept) }) }] : []),
          ...kinds.map((kind) => ({ value: kind, word: t(kind) })),
        ]}
        onChoose={(value) => {
          const kind = value === 'kept' ? value : (KINDS.find((each) => each === value) ?? 'everything');
          onChange({ ...draft, kind, group: draft.group || (groups[0]?.id ?? ''), ids: '' });
        }}
      />
      {draft.kind === 'groups' && (
        <ChoiceField
          label={t('group')}
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
          label={t(draft.kind === 'rooms' ? 'roomIds' : 'deviceIds')}
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
export function useScopeTexts(): (scope: ShownScope) => string {
  const t = useTranslations('alerts');
  const list = useTranslations('list');
  return ({ everything, groups, rooms, devices }) =>
    everything
      ? t('everything')
      : [...groups, ...rooms, ...devices].map(({ id, name }) => name ?? id).join(list('between'));
}
