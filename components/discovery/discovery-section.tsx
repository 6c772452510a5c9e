'use client';

import { useTranslations } from 'use-intl';
import { Part } from '#components/diagnostics/section.tsx';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import { DiscoveryRun } from './discovery-run.tsx';
import { StartDiscovery } from './start-discovery.tsx';

type Props = { answer: ServiceAnswer };

/** Finding all rooms and devices: the button with its price, and how far the run is. */
export function DiscoveryPart({ answer: { discovery, budget, round } }: Props) {
  const t = useTranslations('admin.discovery');
  const { run, cost } = discovery;
  const underWay = run !== null && run.state !== 'done';
  return (
    <Part title={t('title')} note={t('why')}>
      {run && <DiscoveryRun run={run} onJobInstance={round.on} />}
      {!underWay && <StartDiscovery cost={cost} budget={budget} again={run !== null} />}
    </Part>
  );
}
