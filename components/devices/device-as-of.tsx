'use client';

import { useTranslations } from 'use-intl';
import { PastNotice } from '#components/history/as-of/as-of-notice.tsx';
import { FieldDifferences } from '#components/history/as-of/field-differences.tsx';
import type { DeviceAnswer } from '#lib/api/devices/device-answers.ts';
import { type DeviceRef, devicePath } from '#lib/domain/devices/device-ref.ts';
import { DeviceDetails } from './device-details.tsx';
import { useFieldName } from './use-field-text.ts';

type Props = {
  deviceRef: DeviceRef;
  answer: DeviceAnswer;
  appUrl: string;
};

/** A device as it was known at a moment: nothing is asked, nothing ticks, and what was other is said first. */
export function DeviceAsOf({ deviceRef, answer, appUrl }: Props) {
  return (
    <>
      {/* Before anything that could be taken for today's. */}
      {answer.past && <ThenNotice past={answer.past} now={devicePath(deviceRef)} />}
      <DeviceDetails
        answer={answer}
        deviceRef={deviceRef}
        appUrl={appUrl}
        notes={null}
        notice={null}
        refreshing={false}
        onRefresh={() => undefined}
      />
    </>
  );
}

type NoticeProps = { past: NonNullable<DeviceAnswer['past']>; now: string };

function ThenNotice({ past, now }: NoticeProps) {
  const t = useTranslations('snapshots');
  const word = useFieldName();
  return (
    <PastNotice past={past} why={t('why')} now={now}>
      {past.differs.length === 0 ? (
        <p className="mt-1">{t('same')}</p>
      ) : (
        <FieldDifferences differs={past.differs} word={word} />
      )}
    </PastNotice>
  );
}
