'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { useReader } from '#components/layout/reader-provider.tsx';
import type { DeviceAnswer } from '#lib/api/devices/device-answers.ts';
import { can } from '#lib/domain/access/operator.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { deviceQuery } from '#lib/queries/devices/device.ts';
import { shownProblem } from '#lib/queries/fetch-json.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { DeviceDetails } from './device-details.tsx';
import { DeviceMissing } from './device-missing.tsx';
import { DeviceSkeleton } from './device-skeleton.tsx';
import { ErrorActions, RUNNING_SHORT } from './error-actions.tsx';
import { LastKnownNotice } from './last-known-notice.tsx';

type Props = {
  deviceRef: DeviceRef;
  /** What the server knew when it drew the page; null when the desk knows nothing that this reader may see. */
  known: DeviceAnswer | null;
  /** An answer younger than this is not asked again, in milliseconds. */
  freshForMs: number;
  appUrl: string;
  /** What colleagues left about it; nothing for who may not see that. */
  notes?: ReactNode;
};

/** One device: asks for it, and shows whichever of waiting, answer and trouble there is. */
export function DeviceView({ deviceRef, known, freshForMs, appUrl, notes }: Props) {
  const reader = useReader();
  const frame = useRef<HTMLDivElement>(null);
  const { data, error, isFetching } = useQuery({
    ...deviceQuery(reader, deviceRef),
    staleTime: freshForMs,
    ...(known && { initialData: known, initialDataUpdatedAt: () => firstSeenAt(known) - known.ageMs }),
  });
  const refresh = useRefresh(deviceRef);
  const retry = () => {
    // The pressed button may go with the trouble it stands in; the keyboard stays with the device.
    frame.current?.focus();
    refresh();
  };
  return (
    <div ref={frame} tabIndex={-1} className="outline-none">
      {show()}
    </div>
  );

  function show(): ReactNode {
    if (!data && error && !isFetching) {
      return <DeviceMissing deviceRef={deviceRef} error={error} onRetry={retry} />;
    }
    if (!data) return <DeviceSkeleton deviceRef={deviceRef} asking={can(reader.role, 'ask-live')} />;
    const problem = error && !isFetching ? shownProblem(error) : data.notice;
    return (
      <DeviceDetails
        answer={data}
        deviceRef={deviceRef}
        appUrl={appUrl}
        notes={notes}
        notice={
          problem && (
            <LastKnownNotice problem={problem} observedAt={data.observedAt}>
              {/* Refresh with its price stands in the header. */}
              {problem.reason !== RUNNING_SHORT && (
                <ErrorActions problem={problem} busy={isFetching} onRetry={retry} />
              )}
            </LastKnownNotice>
          )
        }
        refreshing={isFetching}
        onRefresh={refresh}
      />
    );
  }
}

/** Queries DingTalk because the reader pressed a button: one call, whatever is known. */
function useRefresh(deviceRef: DeviceRef) {
  const reader = useReader();
  const client = useQueryClient();
  return () => {
    // Trouble is shown from the query's own state; nothing is thrown at whoever pressed the button.
    void client.fetchQuery({ ...deviceQuery(reader, deviceRef, true), staleTime: 0 }).catch(() => undefined);
  };
}
