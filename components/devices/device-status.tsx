'use client';

import { useMemo } from 'react';
import { StatusText } from '#components/history/status-icon.tsx';
import { useAge, useAgo } from '#components/ui/age.tsx';
import { useAsOf } from '#components/ui/as-of.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import { lastUpdateOf } from '#lib/domain/devices/last-update.ts';
import type { ReceivedAnswer } from '#lib/queries/devices/device.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { StatusBadge } from './status-badge.tsx';

/** The status of a device in a list in words, with its age where it holds no longer. */
export function RowStatus({ device }: { device: FleetRow }) {
  const { status } = device;
  const update = status.current ? null : lastUpdateOf(device);
  if (update === null) return <StatusText status={status} />;
  const { at, ageMs } = update;
  return (
    <StatusText
      status={status}
      age={<ShortAge as="age" at={at} ageMs={ageMs} receivedAt={firstSeenAt(device)} />}
    />
  );
}

type Props = { answer: ReceivedAnswer; size?: 'line' | 'title' };

/** The status of a device on its page, with its age where it holds no longer. */
export function DeviceStatusBadge({ answer, size = 'title' }: Props) {
  const { status } = answer.device;
  const age = status.current ? undefined : <EvidenceAge answer={answer} />;
  return <StatusBadge status={status} size={size} age={age} />;
}

/** How old the newer of the last check and the last event is. */
function EvidenceAge({ answer }: { answer: ReceivedAnswer }) {
  const ago = useAgo();
  const moment = useMomentText();
  // What is shown is of a moment: how old it was then does not grow.
  const still = useAsOf().at !== null;
  const eventAt = answer.overrides[0]?.at ?? null;
  const { observedAt, ageMs, receivedAt } = answer;
  const update = useMemo(() => {
    const { at, ageMs: age } = lastUpdateOf({ eventAt, observedAt, ageMs }) ?? { at: observedAt, ageMs };
    return { observedAt: at, ageMs: age, ...(receivedAt !== undefined && { receivedAt }) };
  }, [eventAt, observedAt, ageMs, receivedAt]);
  const now = useAge(update);
  return (
    <time dateTime={update.observedAt} title={moment(update.observedAt)} className="whitespace-nowrap">
      {ago(still ? update.ageMs : now)}
    </time>
  );
}
