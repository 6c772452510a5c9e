'use client';

import type { ReactNode } from 'react';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import { can, type Role } from '#lib/domain/operator.ts';
import type { ReceivedAnswer } from '#lib/queries/device.ts';
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
import { RawAnswer } from './raw-answer.tsx';

type Props = {
  answer: ReceivedAnswer;
  deviceRef: DeviceRef;
  role: Role;
  /** Whom the answers are kept for. */
  readerKey: string;
  appUrl: string;
  /** Why this is not newer, when it is not. */
  notice: ReactNode;
  refreshing: boolean;
  onRefresh: () => void;
};

/** A device whole: what and where it is and how it is, then the facts in the order they are asked for. */
export function DeviceDetails({
  answer,
  deviceRef,
  role,
  readerKey,
  appUrl,
  notice,
  refreshing,
  onRefresh,
}: Props) {
  const { device } = answer;
  return (
    <article>
      <DeviceHeader
        answer={answer}
        deviceRef={deviceRef}
        appUrl={appUrl}
        mayAsk={can(role, 'ask-live')}
        readerKey={readerKey}
        refreshing={refreshing}
        onRefresh={onRefresh}
      />
      {notice}
      <div className="mt-6 grid gap-x-10 md:grid-cols-2 lg:grid-cols-3">
        <Controllers device={device} />
        <NetworkFacts device={device} />
        <HardwareFacts device={device} />
        <SoftwareFacts device={device} />
        <SharingFacts device={device} />
        <IdentityFacts device={device} />
      </div>
      <UnknownFacts device={device} />
      {can(role, 'see-raw') && (
        <RawAnswer readerKey={readerKey} deviceRef={deviceRef} observedAt={answer.observedAt} />
      )}
    </article>
  );
}
