'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ChangedValue } from '#components/devices/changed-value.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { ShownEvidence, ShownIssue } from '#lib/api/issues/issue-answers.ts';
import { ALARM_FIELD, type IssueCode, isIssueCode, type Severity } from '#lib/domain/issues/issue.ts';
import { SeverityIcon } from './severity-icon.tsx';
import { useEvidenceTexts } from './use-evidence-texts.ts';

/** An answer's own moment: how old it was when the server gave it, and when it came here. */
type Seen = { observedAt: string; ageMs: number; receivedAt: number };

type Props = {
  issues: readonly ShownIssue[];
  /** What they were told with, which ages count from; without it moments are written out. */
  seen?: Seen;
  /** Whether this is of a moment of the past. */
  past?: boolean;
};

/** What is wrong, the worst first, on what that rests and what can be done; that nothing was found is said as well. */
export function Issues({ issues, seen, past = false }: Props) {
  const t = useTranslations('issues');
  const known = issues.filter(({ code }) => isIssueCode(code));
  return (
    <section aria-label={t('title')} className="mt-4 border-line border-y">
      {known.length === 0 && <p className="py-2 text-quiet">{t(past ? 'noneThen' : 'none')}</p>}
      <ul className="divide-y divide-line">
        {known.map(({ code, severity, evidence }, at) => (
          // A device may have one issue twice, such as of two controllers; what it rests on tells them apart.
          <IssueRow
            key={`${code} ${evidence[0]?.field}`}
            code={code}
            severity={severity}
            evidence={evidence}
            seen={seen}
            first={at === 0 && severity !== 'info'}
          />
        ))}
      </ul>
    </section>
  );
}

type RowProps = {
  code: IssueCode;
  severity: Severity;
  evidence: ShownEvidence[];
  seen: Seen | undefined;
  first: boolean;
};

function IssueRow({ code, severity, evidence, seen, first }: RowProps) {
  const t = useTranslations('issues');
  const words = (part: 'title' | 'causes' | 'desk' | 'room' | 'cannot') => t(`catalogue.${code}.${part}`);
  return (
    <li className="flex gap-x-3 py-3">
      <SeverityIcon severity={severity} className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 grow">
        <h2 className="font-semibold">
          {words('title')}{' '}
          <span className="font-normal text-quiet text-small">{t(`severity.${severity}`)}</span>
        </h2>
        <ul aria-label={t('rests')} className="mt-0.5 flex flex-wrap gap-x-5 text-small">
          {evidence.map((each) => (
            <EvidenceItem key={`${each.field} ${each.at} ${each.of?.deviceId}`} evidence={each} seen={seen} />
          ))}
        </ul>
        <details className="mt-1" open={first}>
          <summary className="w-fit cursor-pointer text-accent">{t('more')}</summary>
          <dl className="mt-1 grid gap-x-6 gap-y-2 lg:grid-cols-2">
            <Part title={t('causes')}>
              <ol className="list-inside list-decimal">
                {words('causes')
                  .split('\n')
                  .map((cause) => (
                    <li key={cause}>{cause}</li>
                  ))}
              </ol>
            </Part>
            <Part title={t('desk')}>{words('desk')}</Part>
            <Part title={t('room')}>{words('room')}</Part>
            <Part title={t('cannot')}>{words('cannot')}</Part>
          </dl>
        </details>
      </div>
    </li>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-quiet text-small">{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function EvidenceItem({ evidence, seen }: { evidence: ShownEvidence; seen: Seen | undefined }) {
  const { label, source, value: spoken } = useEvidenceTexts();
  const moment = useMomentText();
  const { field, value, at, among } = evidence;
  const counted = among !== undefined && value === null;
  return (
    <li className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      <span className="device-text text-quiet">{label(evidence)}</span>
      {counted && <span>{spoken(evidence)}</span>}
      {!counted && !field.startsWith(ALARM_FIELD) && <ChangedValue field={field} value={value} />}
      <span className="text-quiet">
        {source(evidence)},{' '}
        {seen ? <ShortAge as="age" {...ageOf(at, seen)} /> : <time dateTime={at}>{moment(at)}</time>}
      </span>
    </li>
  );
}

/** Both moments are the server's, so no two clocks are compared. */
const ageOf = (at: string, { observedAt, ageMs, receivedAt }: Seen) => ({
  at,
  receivedAt,
  ageMs: Math.max(0, ageMs + Date.parse(observedAt) - Date.parse(at)),
});
