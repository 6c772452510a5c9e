'use client';

import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { When } from '#components/diagnostics/server-now.tsx';
import { useErrorTexts } from '#components/ui/problem-panel.tsx';
import type { DiscoveryShown } from '#lib/api/discovery/discovery-answers.ts';
import type { TaskCount } from '#lib/domain/discovery/discovery.ts';

type Props = { run: DiscoveryShown; onJobInstance: boolean };

/** How far a run is, why it stands still, or what it has brought. */
export function DiscoveryRun({ run, onJobInstance }: Props) {
  const t = useTranslations('admin.discovery');
  const words = useErrorTexts();
  const paused = run.state === 'paused' && run.pausedBy ? words({ reason: run.pausedBy }) : null;
  return (
    <div className="mb-5 max-w-[44rem]">
      <p role="status" className="font-medium">
        {t(`state.${run.state}`)}
        {' · '}
        <span className="font-normal text-quiet">
          {run.finishedAt === null
            ? t.rich('begun', { when: () => <When iso={run.startedAt} /> })
            : t.rich('finished', {
                when: () => <When iso={run.finishedAt ?? run.startedAt} />,
                took: took(run, t),
              })}
        </span>
      </p>
      {paused && (
        <div className="mt-2 border-line-strong border-l-2 pl-3">
          <p>{paused.title}</p>
          <p className="text-quiet">
            {paused.hint} {t('goesOn')}
          </p>
        </div>
      )}
      {run.state === 'running' && !onJobInstance && <p className="mt-2">{t('noJobInstance')}</p>}
      <p className="mt-2 text-quiet">
        {t(run.groupsRead ? 'groupsRead' : 'groupsUnread')} · {t('pages', { count: run.pages })}
        {run.listRead ? '' : ` · ${t('listGoesOn')}`}
      </p>
      <Bar label={t('rooms')} count={run.rooms} done={run.state === 'done'} />
      <Bar label={t('devices')} count={run.devices} done={run.state === 'done'} />
    </div>
  );
}

function Bar({ label, count, done }: { label: string; count: TaskCount; done: boolean }) {
  const t = useTranslations('admin.discovery');
  const id = useId();
  const settled = count.done + count.failed;
  return (
    <div className="mt-3">
      <p className="flex flex-wrap justify-between gap-x-4">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <span className="text-quiet">
          {t('read', { done: count.done, found: count.found })}
          {count.failed > 0 && ` · ${t('failed', { count: count.failed })}`}
        </span>
      </p>
      <progress
        id={id}
        max={Math.max(1, count.found)}
        value={done && count.found === 0 ? 1 : settled}
        className="mt-1 block h-2 w-full appearance-none overflow-hidden rounded bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  );
}

function took(
  { startedAt, finishedAt }: DiscoveryShown,
  t: ReturnType<typeof useTranslations<'admin.discovery'>>,
): string {
  const seconds = Math.max(
    1,
    Math.round((Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1_000),
  );
  return t('seconds', {
    minutes: Math.floor(seconds / 60),
    seconds: seconds % 60,
    long: String(seconds >= 60),
  });
}
