'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { HistorySkeleton } from '#components/history/history-skeleton.tsx';
import { Issues } from '#components/issues/issues.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { RoomChecks } from '#components/notes/room-checks.tsx';
import { can, type Role } from '#lib/domain/access/operator.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { isIssueCode } from '#lib/domain/issues/issue.ts';
import type { ReceivedAnswer } from '#lib/queries/devices/device.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { Controllers } from './controllers.tsx';
import {
  HardwareFacts,
  IdentityFacts,
  NetworkFacts,
  SharingFacts,
  SoftwareFacts,
  UnknownFacts,
} from './device-facts.tsx';
import { DeviceHeader } from './device-header.tsx';
import { RawAnswer } from './raw-response.tsx';
import type { Revealing } from './secret-value.tsx';

type Props = {
  answer: ReceivedAnswer;
  deviceRef: DeviceRef;
  appUrl: string;
  /** What colleagues left about it. */
  notes: ReactNode;
  /** Why this is not newer, when it is not. */
  notice: ReactNode;
  refreshing: boolean;
  onRefresh: () => void;
};

// The facts are what people come for: neither the server nor the first script they wait for has to do with the past.
const DeviceHistoryView = dynamic(
  () => import('#components/history/device-history.tsx').then(({ DeviceHistoryView }) => DeviceHistoryView),
  { ssr: false, loading: () => <HistorySkeleton framed /> },
);

/** Nor has what stands around a trouble; its place is kept, so that the facts do not move. */
const IssueContextSections = dynamic(
  () =>
    import('#components/issues/around-issues.tsx').then(({ IssueContextSections }) => IssueContextSections),
  {
    ssr: false,
    loading: () => <div className="min-h-[6.75rem] border-line border-b md:min-h-[5.5rem]" />,
  },
);

/** A device whole: what and where it is and how it is, then the facts in the order they are asked for. */
export function DeviceDetails({ answer, deviceRef, appUrl, notes, notice, refreshing, onRefresh }: Props) {
  const { role } = useReader();
  const { device } = answer;
  const revealing = revealingOf(answer, deviceRef, role);
  const worst = answer.past ? undefined : worstOf(answer);
  return (
    <article>
      <DeviceHeader
        answer={answer}
        deviceRef={deviceRef}
        appUrl={appUrl}
        mayAsk={can(role, 'ask-live')}
        refreshing={refreshing}
        onRefresh={onRefresh}
      />
      {notice}
      <Issues
        issues={answer.issues}
        {...(answer.past
          ? { past: true }
          : { seen: { ...answer, receivedAt: answer.receivedAt ?? firstSeenAt(answer) } })}
      />
      {worst && device.deviceId !== null && <IssueContextSections deviceId={device.deviceId} worst={worst} />}
      {!answer.past && <RoomChecks answer={answer} />}
      {!answer.past && notes}
      <div className="mt-6 grid gap-x-10 md:grid-cols-2 lg:grid-cols-3">
        <Controllers device={device} revealing={revealing} />
        <NetworkFacts device={device} />
        <HardwareFacts device={device} />
        <SoftwareFacts device={device} />
        <SharingFacts device={device} revealing={revealing} />
        <IdentityFacts device={device} />
      </div>
      <UnknownFacts device={device} />
      {can(role, 'see-raw') && !answer.past && (
        <RawAnswer deviceRef={deviceRef} observedAt={answer.observedAt} />
      )}
      {/* Last, because nobody knows beforehand how long it is, and nothing may move when it comes. */}
      {device.deviceId !== null && <DeviceHistoryView deviceId={device.deviceId} />}
    </article>
  );
}

/** What is worth a look around; a notice is not. */
const worstOf = ({ issues }: ReceivedAnswer) =>
  issues.find(({ code, severity }) => isIssueCode(code) && severity !== 'info')?.code;

/** What is revealed is of now, so a page of the past leads there. */
function revealingOf(answer: ReceivedAnswer, ref: DeviceRef, role: Role): Revealing {
  if (!can(role, 'reveal')) return 'not-by-role';
  return answer.past ? 'not-then' : { ref };
}
