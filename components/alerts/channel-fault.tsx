'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { When } from '#components/diagnostics/server-now.tsx';
import type { ShownChannel } from '#lib/api/alerts/alert-answers.ts';
import { isDeliveryFault } from '#lib/domain/alerts/delivery-fault.ts';

/** Why the newest message to a channel was not delivered, who can fix it, and what the other end answered. */
export function ChannelFault({ fault }: { fault: NonNullable<ShownChannel['fault']> }) {
  const t = useTranslations('alerts.channels');
  const faults = useTranslations('alerts.faults');
  const { code, lasting, at, answer } = fault;
  return (
    <div className="mt-2 flex max-w-[44rem] gap-2" data-fault={code}>
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">
          {t.rich(lasting ? 'lasting' : 'passing', { when: () => <When iso={at} /> })}
        </p>
        {/* A page may be older than the server that it asks. */}
        {isDeliveryFault(code) && <p>{faults(code)}</p>}
        {answer && <p className="device-text font-mono text-quiet text-small">{answer}</p>}
      </div>
    </div>
  );
}
