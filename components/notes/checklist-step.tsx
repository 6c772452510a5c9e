'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, CircleHelp, type LucideIcon, Undo2, X } from 'lucide-react';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { BareButton } from '#components/ui/bare-button.tsx';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { CHECK_ANSWERS, type CheckAnswer, type CheckStep } from '#lib/domain/notes/check.ts';
import type { ReceivedAnswer, ReceivedCheck } from '#lib/queries/devices/device.ts';
import { type CheckChange, sendCheck, showChecks } from '#lib/queries/notes/checks.ts';
import { CheckTold } from './room-checks.tsx';

const ICONS: Record<CheckAnswer, LucideIcon> = { yes: Check, no: X, unclear: CircleHelp };

type Props = {
  step: CheckStep;
  answer: ReceivedAnswer;
  /** What stands; null when nobody has said anything. */
  check: ReceivedCheck | null;
  deviceRef: DeviceRef;
};

/** One question with its answers, large enough for a thumb, what to do after a "no", and the way back. */
export function ChecklistStep({ step, answer, check, deviceRef }: Props) {
  const reader = useReader();
  const t = useTranslations('checklist');
  const id = useId();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (wanted: CheckChange) => sendCheck(deviceRef.id, wanted),
    onSuccess: (checks) => showChecks(client, reader, deviceRef, checks),
  });
  const tell = (wanted: CheckAnswer | null) => change.isPending || change.mutate({ step, answer: wanted });
  const chosen = change.isPending ? change.variables.answer : (check?.answer ?? null);
  return (
    <li className="rounded border border-line bg-surface p-3">
      <fieldset aria-describedby={`${id}-after`}>
        <legend className="font-semibold text-input">{t(`steps.${step}.ask`)}</legend>
        <div className="mt-2 grid grid-cols-3 gap-2">
          {CHECK_ANSWERS.map((each) => (
            <AnswerButton key={each} answer={each} chosen={each === chosen} onChoose={() => tell(each)} />
          ))}
        </div>
      </fieldset>
      <div id={`${id}-after`} className="mt-2 flex min-h-11 items-center justify-between gap-3">
        <p className="min-w-0">{check && <CheckTold answer={answer} check={check} />}</p>
        {check?.own && (
          <BareButton
            onClick={() => tell(null)}
            aria-label={t('list.undoWhat', { what: t(`steps.${step}.said`) })}
            className="inline-flex min-h-11 shrink-0 items-center gap-1.5 rounded px-2 text-accent hover:bg-sunken"
          >
            <Undo2 aria-hidden className="size-4" />
            {t('list.undo')}
          </BareButton>
        )}
      </div>
      <p role="alert" className="empty:hidden">
        {change.isError ? t('list.failed') : ''}
      </p>
      {chosen === 'no' && (
        <p className="mt-2 border-line border-t pt-2">
          <span className="block text-quiet text-small">{t('list.help')}</span>
          {t(`steps.${step}.help`)}
        </p>
      )}
    </li>
  );
}

type ButtonProps = { answer: CheckAnswer; chosen: boolean; onChoose: () => void };

function AnswerButton({ answer, chosen, onChoose }: ButtonProps) {
  const t = useTranslations('checklist.list');
  const Icon = ICONS[answer];
  return (
    <BareButton
      aria-pressed={chosen}
      onClick={onChoose}
      className="flex min-h-16 flex-col items-center justify-center gap-0.5 rounded border border-line-strong px-1 py-1 font-medium text-input leading-5 hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent"
    >
      <Icon aria-hidden className="size-5" />
      {t(answer)}
    </BareButton>
  );
}
