'use client';

import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { When } from '#components/diagnostics/server-now.tsx';
import { useProblemWords } from '#components/ui/problem-panel.tsx';
import type { DiscoveryShown } from '#lib/domain/diagnostics/system-answer.ts';
import type { TaskCount } from '#lib/domain/discovery/discovery.ts';

type Props = { run: DiscoveryShown; onDuty: boolean };

/** How far a run is, why it stands still, or what it has brought. */
export function DiscoveryRun({ run, onDuty }: Props) {
  const say = useTranslations('service.discovery');
  const words = useProblemWords();
  const paused = run.state === 'paused' && run.pausedBy ? words({ reason: run.pausedBy }) : null;
  return (
    <div className="mb-5 max-w-[44rem]">
      <p role="status" className="font-medium">
        {say(`state.${run.state}`)}
        {' · '}
        <span className="font-normal text-quiet">
          {run.finishedAt === null
            ? say.rich('begun', { when: () => <When iso={run.startedAt} /> })
            : say.rich('finished', {
                when: () => <When iso={run.finishedAt ?? run.startedAt} />,
                took: took(run, say),
              })}
        </span>
      </p>
      {paused && (
        <div className="mt-2 border-line-strong border-l-2 pl-3">
          <p>{paused.title}</p>
          <p className="text-quiet">
            {paused.hint} {say('goesOn')}
          </p>
        </div>
      )}
      {run.state === 'running' && !onDuty && <p className="mt-2">{say('nobodyOnDuty')}</p>}
      <p className="mt-2 text-quiet">
        {say(run.groupsRead ? 'groupsRead' : 'groupsUnread')} · {say('pages', { count: run.pages })}
        {run.listRead ? '' : ` · ${say('listGoesOn')}`}
      </p>
      <Bar label={say('rooms')} count={run.rooms} done={run.state === 'done'} />
      <Bar label={say('devices')} count={run.devices} done={run.state === 'done'} />
    </div>
  );
}

function Bar({ label, count, done }: { label: string; count: TaskCount; done: boolean }) {
  const say = useTranslations('service.discovery');
  const id = useId();
  const settled = count.done + count.failed;
  return (
    <div className="mt-3">
      <p className="flex flex-wrap justify-between gap-x-4">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <span className="text-quiet">
          {say('read', { done: count.done, found: count.found })}
          {count.failed > 0 && ` · ${say('failed', { count: count.failed })}`}
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
  say: ReturnType<typeof useTranslations<'service.discovery'>>,
): string {
  const seconds = Math.max(
    1,
    Math.round((Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1_000),
  );
  return say('seconds', {
    minutes: Math.floor(seconds / 60),
    seconds: seconds % 60,
    long: String(seconds >= 60),
  });
}
