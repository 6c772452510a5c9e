'use client';

import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ShownProblem } from '#lib/queries/fetch-json.ts';
import { Copyable } from './copyable.tsx';

/** A longer wait is not told in seconds; its words say when it ends. */
const LONGEST_WAIT_SECONDS = 600;

type Props = { problem: ShownProblem; stillTrue?: ReactNode; actions?: ReactNode; level?: 'page' | 'notice' };

/** What happened, what is still true, whose move it is; and the numbers that DingTalk's support asks for. */
export function ProblemPanel({ problem, stillTrue, actions, level = 'notice' }: Props) {
  const t = useTranslations('problem');
  const words = useErrorTexts()(problem);
  const Heading = level === 'page' ? 'h1' : 'h2';
  return (
    <section
      role={level === 'page' ? undefined : 'status'}
      data-problem={problem.reason}
      className="flex gap-3 rounded border border-line-strong bg-surface p-4"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 max-w-[44rem]">
        <Heading className={`font-semibold ${level === 'page' ? 'text-large' : ''}`}>{words.title}</Heading>
        <p className="mt-1">
          {words.detail} {stillTrue}
        </p>
        <p className="mt-2">
          <strong className="font-semibold">{t('whatToDo')}: </strong>
          {words.hint}
        </p>
        {problem.retryAfterSeconds !== undefined && problem.retryAfterSeconds <= LONGEST_WAIT_SECONDS && (
          <p className="mt-1 text-quiet">{t('waitFor', { seconds: problem.retryAfterSeconds })}</p>
        )}
        <Numbers problem={problem} />
        {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </section>
  );
}

/** The words of a problem in the reader's language. */
export function useErrorTexts() {
  const t = useTranslations('problems');
  return ({ reason, values }: Pick<ShownProblem, 'reason' | 'values'>) => {
    const part = (name: 'title' | 'detail' | 'hint') =>
      t(`${reason}.${name}`, { scopes: 'VideoConference.Conference.Read', ...values });
    return { title: part('title'), detail: part('detail'), hint: part('hint') };
  };
}

function Numbers({ problem }: { problem: ShownProblem }) {
  const t = useTranslations('problem');
  const { upstream, requestId } = problem;
  const rows = [
    upstream?.code ? { label: t('said'), text: upstream.code } : null,
    upstream?.requestId ? { label: t('upstreamRequestId'), text: upstream.requestId } : null,
    requestId ? { label: t('requestId'), text: requestId } : null,
  ].filter((row) => row !== null);
  if (rows.length === 0) return null;
  return (
    <dl className="mt-2 flex flex-wrap gap-x-6 text-quiet text-small">
      {rows.map(({ label, text }) => (
        <div key={label} className="flex flex-wrap items-center gap-x-2">
          <dt>{label}</dt>
          <dd>
            <Copyable text={text} what={label} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
