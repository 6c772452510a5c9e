'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { HistorySkeleton } from '#components/history/history-skeleton.tsx';
import { Issues } from '#components/issues/issues.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { ChecklistLink, RoomChecks } from '#components/notes/room-checks.tsx';
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
  /** Its notes; nothing for who may not see them. */
  notes: ReactNode;
  /** Why this is not newer, when it is not. */
  notice: ReactNode;
  refreshing: boolean;
  onRefresh: () => void;
};

// Neither the server nor the first script that a page waits for has to do with the past. Its place is kept.
const DeviceHistoryView = dynamic(
  () => import('#components/history/device-history.tsx').then(({ DeviceHistoryView }) => DeviceHistoryView),
  { ssr: false, loading: () => <HistorySkeleton framed /> },
);

/** The same for what helps with an issue. */
const IssueContextSections = dynamic(
  () =>
    import('#components/issues/around-issues.tsx').then(({ IssueContextSections }) => IssueContextSections),
  {
    ssr: false,
    loading: () => <div className="mt-2 min-h-[5.5rem]" />,
  },
);

/** A device: where and how it is, its issues, its history, and then the facts. */
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
          : {
              seen: { ...answer, receivedAt: answer.receivedAt ?? firstSeenAt(answer) },
              evidence: worst && device.deviceId !== null && (
                <IssueContextSections deviceId={device.deviceId} worst={worst} />
              ),
              actions: <ChecklistLink answer={answer} />,
            })}
      />
      {!answer.past && <RoomChecks answer={answer} />}
      {device.deviceId !== null && <DeviceHistoryView deviceId={device.deviceId} />}
      <div className="mt-4 grid gap-4 md:grid-cols-2 xl:grid-cols-4">
        <Controllers device={device} revealing={revealing} />
        <NetworkFacts device={device} />
        <HardwareFacts device={device} />
        <SoftwareFacts device={device} />
        <SharingFacts device={device} revealing={revealing} />
        <IdentityFacts device={device} />
        {!answer.past && notes && <div className="min-w-0 md:col-span-2">{notes}</div>}
        <UnknownFacts device={device} />
      </div>
      {can(role, 'see-raw') && !answer.past && (
        <RawAnswer deviceRef={deviceRef} observedAt={answer.observedAt} />
      )}
    </article>
  );
}

/** The issue that context is shown for; information needs none. */
const worstOf = ({ issues }: ReceivedAnswer) =>
  issues.find(({ code, severity }) => isIssueCode(code) && severity !== 'info')?.code;

/** What is revealed is of now, so a page of the past leads there. */
function revealingOf(answer: ReceivedAnswer, ref: DeviceRef, role: Role): Revealing {
  if (!can(role, 'reveal')) return 'not-by-role';
  return answer.past ? 'not-then' : { ref };
}
