'use client';

import { Check, ClipboardList } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { useCopied } from '#components/ui/copy-button.tsx';
import type { ReceivedAnswer } from '#lib/queries/device.ts';
import { useSummary } from './use-summary.ts';

/** Copies what is known of the device and what is wrong with it, to be pasted back to whoever asked. */
export function CopySummaryButton({ answer, link }: { answer: ReceivedAnswer; link: string }) {
  const say = useTranslations('findings.summary');
  const summary = useSummary();
  const { copied, copy } = useCopied();
  const Icon = copied ? Check : ClipboardList;
  return (
    <Button onClick={() => copy(summary(answer, link))}>
      <Icon aria-hidden className="size-4" />
      {say('copy')}
    </Button>
  );
}
