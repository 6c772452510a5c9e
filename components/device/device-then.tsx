'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { buttonLook } from '#components/ui/button.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import type { DeviceAnswer } from '#lib/domain/answer.ts';
import { type DeviceRef, devicePath } from '#lib/domain/device-ref.ts';
import type { Role } from '#lib/domain/operator.ts';
import { ChangedValue } from './changed-value.tsx';
import { DeviceDetails } from './device-details.tsx';
import { useFieldWord } from './use-field-word.ts';

type Props = {
  deviceRef: DeviceRef;
  reader: { subject: string; role: Role };
  answer: DeviceAnswer;
  appUrl: string;
};

/** A device as it was known at a moment: nothing is asked, nothing ticks, and what was other is said first. */
export function DeviceThen({ deviceRef, reader, answer, appUrl }: Props) {
  return (
    <>
      {/* Before anything that could be taken for today's. */}
      {answer.past && <ThenNotice past={answer.past} now={devicePath(deviceRef)} />}
      <DeviceDetails
        answer={answer}
        deviceRef={deviceRef}
        role={reader.role}
        readerKey={`${reader.role} ${reader.subject}`}
        appUrl={appUrl}
        notice={null}
        refreshing={false}
        onRefresh={() => undefined}
      />
    </>
  );
}

type NoticeProps = { past: NonNullable<DeviceAnswer['past']>; now: string };

function ThenNotice({ past: { at, against, differs }, now }: NoticeProps) {
  const say = useTranslations('history.then');
  const moment = useMomentText();
  const title = say('title', { moment: moment(at) });
  return (
    <section aria-label={title} className="mb-6 rounded border border-line-strong bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <p className="font-semibold">{title}</p>
          <p className="mt-1 text-quiet">{say('why')}</p>
        </div>
        <Link href={now as never} prefetch={false} className={buttonLook('primary')}>
          {say('now')}
        </Link>
      </div>
      <p className="mt-4 font-semibold text-quiet text-small">
        {say('differs', { moment: moment(against) })}
      </p>
      {differs.length === 0 ? <p className="mt-1">{say('same')}</p> : <Differences differs={differs} />}
    </section>
  );
}

function Differences({ differs }: Pick<NoticeProps['past'], 'differs'>) {
  const became = useTranslations('history.changes');
  const word = useFieldWord();
  return (
    <ul className="mt-1 divide-y divide-line">
      {differs.map(({ field, from, to }, place) => (
        // Two fields may look alike to somebody who may not see whose they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
        <li key={place} className="grid gap-x-4 py-1.5 sm:grid-cols-[14rem_minmax(0,1fr)]">
          <span className="device-text font-medium">{word(field)}</span>
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <ChangedValue field={field} value={from} />
            <ArrowRight aria-hidden className="size-3.5 shrink-0 self-center text-quiet" />
            <span className="sr-only">{became('became')}</span>
            <ChangedValue field={field} value={to} />
          </span>
        </li>
      ))}
    </ul>
  );
}
