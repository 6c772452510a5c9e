'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import type { DeviceAnswer } from '#lib/domain/answer.ts';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import { can, type Role } from '#lib/domain/operator.ts';
import { deviceQuery } from '#lib/queries/device.ts';
import { shownProblem } from '#lib/queries/fetch-json.ts';
import { DeviceDetails } from './device-details.tsx';
import { DeviceMissing } from './device-missing.tsx';
import { DeviceSkeleton } from './device-skeleton.tsx';
import { LastKnownNotice } from './last-known-notice.tsx';

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
    return <DeviceSkeleton id={deviceRef.id} />;
  }
  const problem = error && !isFetching ? shownProblem(error) : data.notice;
  return (
    <>
      {problem && (
        <LastKnownNotice problem={problem} observedAt={data.observedAt}>
          {can(role, 'ask-live') && <RetryButton busy={isFetching} onPress={() => ask(false)} />}
        </LastKnownNotice>
      )}
      <DeviceDetails
        answer={data}
        deviceRef={deviceRef}
        role={role}
        refreshing={isFetching}
        onRefresh={() => ask(true)}
      />
    </>
  );
}

function RetryButton({ busy, onPress }: { busy: boolean; onPress: () => void }) {
  const say = useTranslations('problem');
  return (
    <Button onClick={onPress} disabled={busy}>
      {say('retry')}
    </Button>
  );
}
