'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useMomentText } from '#components/ui/moment.tsx';
import { ProblemPanel } from '#components/ui/problem-panel.tsx';
import type { ShownProblem } from '#lib/queries/fetch-json.ts';

type Props = { problem: ShownProblem; observedAt: string; children?: ReactNode };

/** Why what stands below is not newer, and from when it is. */
export function LastKnownNotice({ problem, observedAt, children }: Props) {
  const t = useTranslations('device');
  const moment = useMomentText();
  return (
    <div className="mt-6">
      <ProblemPanel
        problem={problem}
        stillTrue={t('stillShown', { time: moment(observedAt) })}
        actions={children}
      />
    </div>
  );
}
