'use client';

import { useTranslations } from 'use-intl';
import { Copyable } from '#components/ui/copyable.tsx';
import { useErrorTexts } from '#components/ui/problem-panel.tsx';
import type { FailedCall } from '#lib/api/diagnostics/system-answers.ts';
import { When } from './server-now.tsx';

/** The calls that failed lately, under what went wrong and its cure; each with the number DingTalk's support asks for. */
export function Failures({ calls }: { calls: FailedCall[] }) {
  const t = useTranslations('admin.upstream');
  const words = useErrorTexts();
  if (calls.length === 0) return <p className="mt-2 text-quiet">{t('failuresNone')}</p>;
  const reasons = [...new Set(calls.map(({ reason }) => reason))];
  return (
    <ul className="mt-2 divide-y divide-line border-line border-y">
      {reasons.map((reason) => {
        const { title, hint } = words({ reason });
        return (
          <li key={reason} className="py-3">
            <p className="font-medium">{title}</p>
            <p className="max-w-[44rem] text-quiet">{hint}</p>
            <ul className="mt-1">
              {calls
                .filter((call) => call.reason === reason)
                .map((call) => (
                  <FailedLine key={`${call.at} ${call.upstream.requestId}`} call={call} />
                ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}

function FailedLine({ call: { at, api, purpose, upstream, ms } }: { call: FailedCall }) {
  const t = useTranslations('admin.upstream');
  const problem = useTranslations('problem');
  const purposes = useTranslations('admin.purpose');
  return (
    <li className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 py-1 text-quiet text-small">
      <When iso={at} />
      <span className="min-w-0">
        <span className="flex flex-wrap gap-x-4">
          <span className="identifier text-text">{api}</span>
          {purpose !== null && <span>{purposes(purpose)}</span>}
          <span>{t('took', { ms: Math.round(ms) })}</span>
        </span>
        <span className="flex flex-wrap items-center gap-x-4">
          {upstream.status !== null && <span>{t('status', { status: String(upstream.status) })}</span>}
          {upstream.code !== null && <span className="identifier">{upstream.code}</span>}
          {upstream.requestId !== null && (
            <Copyable text={upstream.requestId} what={problem('upstreamRequestId')} />
          )}
        </span>
      </span>
    </li>
  );
}
