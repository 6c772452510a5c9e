'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { DeviceMissing } from '#components/devices/device-missing.tsx';
import { DeviceSkeleton } from '#components/devices/device-skeleton.tsx';
import { DeviceStatusBadge } from '#components/devices/device-status.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { SeenAge } from '#components/ui/age.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import type { DeviceAnswer } from '#lib/api/devices/device-answers.ts';
import { can } from '#lib/domain/access/operator.ts';
import { type DeviceRef, devicePath } from '#lib/domain/devices/device-ref.ts';
import { isIssueCode } from '#lib/domain/issues/issue.ts';
import { isCheckStep, stepsFor } from '#lib/domain/notes/check.ts';
import { deviceQuery, type ReceivedAnswer } from '#lib/queries/devices/device.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { ChecklistStep } from './checklist-step.tsx';

type Props = {
  deviceRef: DeviceRef;
  /** What the server knew when it drew the page; null when the desk knows nothing that this reader may see. */
  known: DeviceAnswer | null;
};

/** Questions for somebody before the device, chosen by what is wrong with it. Asks DingTalk only where nothing is known. */
export function ChecklistView({ deviceRef, known }: Props) {
  const reader = useReader();
  const { data, error, isFetching, refetch } = useQuery({
    ...deviceQuery(reader, deviceRef),
    staleTime: Number.POSITIVE_INFINITY,
    ...(known && { initialData: known, initialDataUpdatedAt: () => firstSeenAt(known) - known.ageMs }),
  });
  if (data) return <Checklist answer={data} deviceRef={deviceRef} />;
  if (error && !isFetching) {
    const retry = () => void refetch();
    return <DeviceMissing deviceRef={deviceRef} error={error} onRetry={retry} />;
  }
  return <DeviceSkeleton deviceRef={deviceRef} asking={can(reader.role, 'ask-live')} />;
}

type ListProps = { answer: ReceivedAnswer; deviceRef: DeviceRef };

function Checklist({ answer, deviceRef }: ListProps) {
  const t = useTranslations('checklist.list');
  const issues = answer.issues.filter(({ code }) => isIssueCode(code));
  // What somebody is about to press stays where it is when something else is found meanwhile.
  // What was told already is shown, also where what was asked then is not asked any more.
  const told = answer.checks.map(({ step }) => step).filter(isCheckStep);
  const [first] = useState(() => [...stepsFor(issues), ...told]);
  const steps = [...new Set([...first, ...(issues.length > 0 ? stepsFor(issues) : []), ...told])];
  const done = steps.filter((step) => answer.checks.some((check) => check.step === step)).length;
  return (
    <article className="mx-auto max-w-xl">
      <ChecklistHeader answer={answer} />
      <p className="mt-3 text-input">{t('why')}</p>
      <p role="status" className="sticky top-0 z-10 mt-3 bg-canvas py-2 font-semibold">
        {t('progress', { done, all: steps.length })}
      </p>
      <ol className="space-y-3">
        {steps.map((step) => (
          <ChecklistStep
            key={step}
            step={step}
            answer={answer}
            check={answer.checks.find((check) => check.step === step) ?? null}
            deviceRef={deviceRef}
          />
        ))}
      </ol>
      <End done={done === steps.length}>
        <Link href={devicePath(deviceRef)} prefetch={false} className={`${buttonClass()} min-h-12 w-full`}>
          {t('device')}
        </Link>
      </End>
    </article>
  );
}

function ChecklistHeader({ answer }: { answer: ReceivedAnswer }) {
  const device = useTranslations('device');
  const { name, room } = answer.device;
  return (
    <header>
      <p className="device-text text-quiet">
        {room === null ? device('noRoom') : (room.name ?? device('roomUnnamed', { id: room.id }))}
      </p>
      <h1 className="device-text mt-1 font-semibold text-title">{name ?? device('unnamed')}</h1>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-quiet">
        <DeviceStatusBadge answer={answer} size="line" />
        <SeenAge answer={answer} />
      </p>
    </header>
  );
}

function End({ done, children }: { done: boolean; children: ReactNode }) {
  const t = useTranslations('checklist.list');
  return (
    <div className="mt-4">
      <p role="status" className="min-h-12">
        {done && t('done')}
      </p>
      {children}
    </div>
  );
}
