'use client';

import { useTranslations } from 'use-intl';
import { useFieldName } from '#components/devices/use-field-text.ts';
import { useMomentText } from '#components/ui/moment.tsx';
import type { ComparedSide, Comparison } from '#lib/api/devices/device-answers.ts';
import { comparedKind } from '#lib/domain/devices/comparison.ts';
import { isIssueCode } from '#lib/domain/issues/issue.ts';
import { asMarkdown } from '#lib/domain/text/markdown.ts';
import { useValueText } from './use-value-text.ts';

/** A comparison as a table in Markdown: what differs, what is wrong with either, and where it can be seen. */
export function useComparisonText(): (comparison: Comparison, link: string) => string {
  const t = useTranslations('compare');
  const device = useTranslations('device');
  const issues = useTranslations('issues');
  const word = useFieldName();
  const text = useValueText();
  const moment = useMomentText();
  const value = (field: string, said: unknown) => asMarkdown(text(field, said) ?? plain(said));
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const wrong = (side: ComparedSide) =>
    side.issues
      .flatMap(({ code }) => (isIssueCode(code) ? [issues(`catalogue.${code}.title`)] : []))
      .join('; ') || issues('none');
  return ({ left, right, fields }, link) => {
    const sides = [left, right];
    const kinds = Map.groupBy(fields, comparedKind);
    const differing = [...(kinds.get('differs') ?? []), ...(kinds.get('own') ?? [])];
    return [
      row(['', ...sides.map((side) => asMarkdown(side.device.name ?? device('unnamed')))]),
      row(['---', '---', '---']),
      row([t('seenAt'), ...sides.map((side) => moment(side.observedAt))]),
      row([issues('title'), ...sides.map(wrong)]),
      ...differing.map((each) =>
        row([asMarkdown(word(each.field)), value(each.field, each.left), value(each.field, each.right)]),
      ),
      '',
      t('kinds.same', { n: kinds.get('same')?.length ?? 0 }),
      '',
      link,
    ].join('\n');
  };
}

/** A panel by its name, anything else as it was sent. */
function plain(said: unknown): string {
  if (typeof said !== 'object' || said === null) return String(said);
  const { name, deviceId } = said as { name?: unknown; deviceId?: unknown };
  return String(name ?? deviceId ?? JSON.stringify(said));
}
