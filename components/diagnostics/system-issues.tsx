'use client';

import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { AcknowledgeGap } from '#components/audit/acknowledge-gap.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { useErrorTexts } from '#components/ui/problem-panel.tsx';
import type { ShownSystemIssue } from '#lib/api/diagnostics/system-answers.ts';
import { isSystemIssueCode, type SystemIssueCode } from '#lib/domain/diagnostics/system-issue.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { Severity } from '#lib/domain/issues/issue.ts';
import { When } from './server-now.tsx';

const ICONS: Record<Severity, LucideIcon> = { critical: CircleAlert, warning: TriangleAlert, info: Info };

/** What is wrong with the desk itself, first what explains the rest; that nothing was found is said as well. */
export function SystemIssues({ troubles }: { troubles: ShownSystemIssue[] }) {
  const t = useTranslations('systemIssues');
  const known = troubles.filter(({ code }) => isSystemIssueCode(code));
  return (
    <section aria-label={t('title')} className="mb-6 border-line border-y">
      {known.length === 0 && (
        <p className="flex items-center gap-x-3 py-2 text-quiet">
          <CircleCheck aria-hidden className="size-5 shrink-0" />
          {t('none')}
        </p>
      )}
      <ul className="divide-y divide-line">
        {known.map((trouble, at) => (
          <TroubleRow key={trouble.code} trouble={trouble} first={at === 0} />
        ))}
      </ul>
    </section>
  );
}

function TroubleRow(props: { trouble: ShownSystemIssue; first: boolean }) {
  const { trouble, first } = props;
  const { code, severity, evidence } = trouble;
  const t = useTranslations('systemIssues');
  const Icon = ICONS[severity];
  return (
    <li className="flex gap-x-3 py-3" data-trouble={code}>
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 grow">
        <h2 className="font-semibold">
          {t(`catalogue.${code}.title`)}{' '}
          <span className="font-normal text-quiet text-small">{t(`severity.${severity}`)}</span>
        </h2>
        <ul aria-label={t('rests')} className="mt-0.5 flex flex-wrap gap-x-5 text-small">
          {evidence.map((each) => (
            <EvidenceItem key={`${each.what} ${each.value} ${each.at}`} evidence={each} />
          ))}
        </ul>
        <details className="mt-1" open={first && severity !== 'info'}>
          <summary className="w-fit cursor-pointer text-accent">{t('more')}</summary>
          <SystemIssueTexts code={code} />
        </details>
        {code === 'audit-cut' && <AcknowledgeGap />}
      </div>
    </li>
  );
}

/** What may have caused a trouble, what to do and where, and what nobody can know from here. */
export function SystemIssueTexts({ code }: { code: SystemIssueCode }) {
  const t = useTranslations('systemIssues');
  return (
    <div className="@container">
      <dl className="mt-1 grid @xl:grid-cols-2 gap-x-6 gap-y-2">
        <Part title={t('causes')}>
          <ol className="list-inside list-decimal">
            {t(`catalogue.${code}.causes`)
              .split('\n')
              .map((cause) => (
                <li key={cause}>{cause}</li>
              ))}
          </ol>
        </Part>
        <Part title={t('next')}>{t(`catalogue.${code}.next`)}</Part>
        <Part title={t('screen')}>{t(`catalogue.${code}.screen`)}</Part>
        <Part title={t('cannot')}>{t(`catalogue.${code}.cannot`)}</Part>
      </dl>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-quiet text-small">{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function EvidenceItem({ evidence }: { evidence: ShownSystemIssue['evidence'][number] }) {
  const t = useTranslations('systemIssues');
  const problem = useTranslations('problem');
  const words = useErrorTexts();
  const { what, at, source, said } = evidence;
  // The closed list of reasons has words of its own in each language.
  const value =
    what === 'jobs-paused-since' ? words({ reason: evidence.value as ErrorReason }).title : evidence.value;
  return (
    <li className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      <span className="min-w-0 break-words">{t(`evidence.${what}`, { value })}</span>
      {said?.code && <span className="identifier">{said.code}</span>}
      {said?.requestId && <Copyable text={said.requestId} what={problem('upstreamRequestId')} />}
      <span className="text-quiet">
        {t(`source.${source}`)}, <When iso={at} />
      </span>
    </li>
  );
}
