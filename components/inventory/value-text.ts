'use client';

import { useTranslations } from 'use-intl';
import { useStatusText } from '#components/history/status-icon.tsx';
import { useShortIssueTitle } from '#components/issues/issue-title.ts';
import type { Count } from '#lib/api/inventory/fleet-answers.ts';
import type { ListedStatus } from '#lib/domain/inventory/fleet.ts';
import type { FleetFacet } from '#lib/domain/inventory/fleet-filter.ts';
import { isIssueGroup } from '#lib/domain/issues/issue.ts';

/** A facet's value in the reader's language. Statuses have been checked where the address was read. */
export function useValueText(): (facet: FleetFacet, count: Pick<Count, 'value' | 'label'>) => string {
  const t = useTranslations('fleet');
  const device = useTranslations('device');
  const state = useStatusText();
  const issue = useShortIssueTitle();
  return (facet, { value, label }) => {
    if (value === null && facet === 'issue') return t('noIssue');
    if (value === null) return facet === 'group' ? t('noGroup') : device('notSaid');
    if (facet === 'issue') return isIssueGroup(value) ? t(`issueGroups.${value}`) : issue(value);
    if (facet === 'status') return state(value as ListedStatus);
    if (facet === 'group') return label ?? t('groupUnnamed', { id: value });
    if (facet === 'network' && isNetwork(value)) return device(`network.${value}`);
    return value;
  };
}

const isNetwork = (value: string): value is 'wired' | 'wifi' | 'offline' =>
  value === 'wired' || value === 'wifi' || value === 'offline';
