'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeviceAnswer } from '#lib/domain/answer.ts';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import type { Role } from '#lib/domain/operator.ts';
import { deviceQuery } from '#lib/queries/device.ts';
import { shownProblem } from '#lib/queries/fetch-json.ts';
import { DeviceDetails } from './device-details.tsx';
import { DeviceMissing } from './device-missing.tsx';
import { DeviceSkeleton } from './device-skeleton.tsx';
import { LastKnownNotice } from './last-known-notice.tsx';
import { WayOn } from './way-on.tsx';

type Props = {
  deviceRef: DeviceRef;
  role: Role;
  /** What the server knew when it drew the page; null when the desk has never seen the device. */
  known: DeviceAnswer | null;
  /** An answer younger than this is not asked again, in milliseconds. */
  freshForMs: number;
};

/** One device: asks for it, and shows whichever of waiting, answer and trouble there is. */
export function DeviceView({ deviceRef, role, known, freshForMs }: Props) {
  const client = useQueryClient();
  const { data, error, isFetching } = useQuery({
    ...deviceQuery(deviceRef),
    staleTime: freshForMs,
    ...(known && {
      initialData: { ...known, receivedAt: null },
      initialDataUpdatedAt: () => Date.now() - known.ageMs,
    }),
  });
  const ask = (insist: boolean) =>
    // Trouble is shown from the query's own state; nothing is thrown at whoever pressed the button.
    client.fetchQuery({ ...deviceQuery(deviceRef, insist), staleTime: 0 }).catch(() => undefined);

  if (!data) {
    if (error && !isFetching) {
      return <DeviceMissing deviceRef={deviceRef} error={error} role={role} onRetry={() => ask(false)} />;
    }
    return <DeviceSkeleton deviceRef={deviceRef} />;
  }
  const problem = error && !isFetching ? shownProblem(error) : data.notice;
  const notice = problem && (
    <LastKnownNotice problem={problem} observedAt={data.observedAt}>
      <WayOn problem={problem} role={role} busy={isFetching} onRetry={() => ask(false)} />
    </LastKnownNotice>
  );
  return (
    <DeviceDetails
      answer={data}
      deviceRef={deviceRef}
      role={role}
      notice={notice}
      refreshing={isFetching}
      onRefresh={() => ask(true)}
    />
  );
}
