'use client';

import { ChevronDown } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ChangedValue } from '#components/devices/changed-value.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { ShownEvidence, ShownIssue } from '#lib/api/issues/issue-answers.ts';
import { ageAt } from '#lib/domain/devices/last-update.ts';
import { ALARM_FIELD, isIssueCode, type Severity } from '#lib/domain/issues/issue.ts';
import { SEVERITY_COLOUR, SeverityIcon } from './severity-icon.tsx';
import { useEvidenceTexts } from './use-evidence-texts.ts';

/** An answer's own moment: how old it was when the server gave it, and when it came here. */
type Seen = { observedAt: string; ageMs: number; receivedAt: number };

type Props = {
  issues: readonly ShownIssue[];
  /** The answer they came with, which ages count from; without it moments are written out. */
  seen?: Seen;
  /** Whether this is a snapshot of the past. */
  past?: boolean;
  /** Further evidence, shown with the most severe issue. */
  evidence?: ReactNode;
  /** Buttons for the next step, shown with the most severe issue. */
  actions?: ReactNode;
};

/** The issues of a device or room, most severe first: what each rests on, its likely causes, and what to do. */
export function Issues({ issues, seen, past = false, evidence, actions }: Props) {
  const t = useTranslations('issues');
  const known = issues.filter(({ code }) => isIssueCode(code));
  return (
    <section aria-label={t('title')} className="mt-4 grid gap-2">
      {known.length === 0 && (
        <div className="card flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
          <p className="text-quiet">{t(past ? 'noneThen' : 'none')}</p>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
      )}
      {known.length > 0 && (
        <ul className="grid gap-2">
          {known.map((issue, at) => (
            // A device may have one issue twice, such as one for each controller; its evidence tells them apart.
            <IssueCard
              key={`${issue.code} ${issue.evidence[0]?.field}`}
              issue={issue}
              seen={seen}
              open={at === 0 && issue.severity !== 'info'}
              {...(at === 0 && { more: evidence, actions })}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

const EDGE: Record<Severity, string> = {
  critical: 'border-l-critical',
  warning: 'border-l-warning',
  info: 'border-l-info',
};

type CardProps = {
  issue: ShownIssue;
  seen: Seen | undefined;
  open: boolean;
  more?: ReactNode;
  actions?: ReactNode;
};

function IssueCard({ issue: { code, severity, evidence }, seen, open, more, actions }: CardProps) {
  const t = useTranslations('issues');
  const text = (part: 'title' | 'causes' | 'desk' | 'room' | 'cannot') =>
    isIssueCode(code) ? t(`catalogue.${code}.${part}`) : '';
  return (
    <li className={`card border-l-4 px-4 py-3 ${EDGE[severity]}`}>
      <details open={open} className="group">
        <summary className="flex list-none items-baseline gap-2 [&::-webkit-details-marker]:hidden">
          <SeverityIcon severity={severity} className="size-4 shrink-0 self-center" />
          <h2 className="font-semibold text-section">
            <span className={SEVERITY_COLOUR[severity]}>{t(`severity.${severity}`)}</span>
            {' · '}
            {text('title')}
          </h2>
          <ChevronDown
            aria-hidden
            className="ml-auto size-4 shrink-0 self-center text-quiet group-open:rotate-180"
          />
        </summary>
        <div className="mt-2 grid gap-x-8 gap-y-3 md:grid-cols-2 xl:grid-cols-[minmax(0,4fr)_minmax(0,4fr)_minmax(0,3fr)]">
          <div className="min-w-0">
            <EvidenceList evidence={evidence} seen={seen} />
            {more}
          </div>
          <dl className="min-w-0">
            <Part title={t('causes')}>
              <ol className="list-inside list-decimal">
                {text('causes')
                  .split('\n')
                  .map((cause) => (
                    <li key={cause}>{cause}</li>
                  ))}
              </ol>
            </Part>
            <Part title={t('cannot')}>{text('cannot')}</Part>
          </dl>
          <div className="min-w-0">
            <dl>
              <Part title={t('desk')}>{text('desk')}</Part>
              <Part title={t('room')}>{text('room')}</Part>
            </dl>
            {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
            <Link
              href={`/docs/issues#${code}`}
              prefetch={false}
              className="mt-2 inline-block text-accent text-small"
            >
              {t('about')}
            </Link>
          </div>
        </div>
      </details>
      {/* What an issue rests on is seen without opening it. */}
      {!open && (
        <div className="mt-1 [details[open]+&]:hidden">
          <EvidenceList evidence={evidence} seen={seen} />
        </div>
      )}
    </li>
  );
}

function EvidenceList({ evidence, seen }: { evidence: readonly ShownEvidence[]; seen: Seen | undefined }) {
  const t = useTranslations('issues');
  return (
    <ul aria-label={t('rests')} className="flex flex-wrap gap-x-5 gap-y-0.5 text-small">
      {evidence.map((each) => (
        <EvidenceItem key={`${each.field} ${each.at} ${each.of?.deviceId}`} evidence={each} seen={seen} />
      ))}
    </ul>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mb-2 last:mb-0">
      <dt className="font-medium text-quiet text-small">{title}</dt>
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
        {seen ? (
          <ShortAge as="age" at={at} ageMs={ageAt(at, seen)} receivedAt={seen.receivedAt} />
        ) : (
          <time dateTime={at}>{moment(at)}</time>
        )}
      </span>
    </li>
  );
}
