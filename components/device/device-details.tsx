'use client';

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
  refreshing: boolean;
  onRefresh: () => void;
};

/** A device whole: what and where it is and how it is, then the facts in the order they are asked for. */
export function DeviceDetails({ answer, deviceRef, role, refreshing, onRefresh }: Props) {
  const { device } = answer;
  return (
    <article>
      <DeviceHeader
        answer={answer}
        deviceRef={deviceRef}
        mayAsk={can(role, 'ask-live')}
        refreshing={refreshing}
        onRefresh={onRefresh}
      />
      <div className="mt-6 grid gap-x-10 md:grid-cols-2 xl:grid-cols-3">
        <div className="min-w-0">
          <Controllers device={device} />
          <SoftwareFacts device={device} />
        </div>
        <div className="min-w-0">
          <NetworkFacts device={device} />
          <SharingFacts device={device} />
        </div>
        <div className="min-w-0 md:col-span-2 md:grid md:grid-cols-2 md:gap-x-10 xl:col-span-1 xl:block">
          <HardwareFacts device={device} />
          <IdentityFacts device={device} />
        </div>
      </div>
      <UnknownFacts device={device} />
      {can(role, 'see-raw') && <RawAnswer deviceRef={deviceRef} observedAt={answer.observedAt} />}
    </article>
  );
}
