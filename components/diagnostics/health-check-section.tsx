'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy, Stethoscope } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmButton } from '#components/ui/confirm-button.tsx';
import { useCopied } from '#components/ui/copy-button.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import {
  DOCTOR_STEPS,
  type DoctorCost,
  type DoctorStep,
  type HealthCheckOutput,
} from '#lib/domain/diagnostics/doctor.ts';
import { stepText } from '#lib/i18n/doctor-text.ts';
import { checkConnection } from '#lib/queries/diagnostics/doctor.ts';
import { serviceQuery } from '#lib/queries/diagnostics/system.ts';
import { CheckSteps } from './check-steps.tsx';
import { Part } from './section.tsx';

type Props = { cost: DoctorCost };

/** The way to DingTalk and back, looked at step by step: the button with its price, how far it is, and what it found. */
export function CheckPart({ cost }: Props) {
  const reader = useReader();
  const t = useTranslations('doctor');
  const client = useQueryClient();
  const [told, setTold] = useState<HealthCheckOutput[]>([]);
  const check = useMutation({
    mutationFn: () => {
      setTold([]);
      return checkConnection((each) => setTold((before) => [...before, each]));
    },
    onSettled: () => client.invalidateQueries({ queryKey: serviceQuery(reader).queryKey }),
  });
  const steps = told.filter((each): each is DoctorStep & { kind: 'step' } => each.kind === 'step');
  const { calls, left } = cost;
  const free = left === null || calls === 0;
  return (
    <Part title={t('title')} note={t('why')}>
      <p>{free ? t('priceless') : t('price', { calls, left })}</p>
      <div className="mt-3">
        <ConfirmButton
          label={t(told.length > 0 ? 'again' : 'start')}
          confirm={t(free ? 'confirmFree' : 'confirm')}
          cancel={t('cancel')}
          icon={<Stethoscope aria-hidden className="size-4" />}
          busy={check.isPending}
          onConfirm={() => check.mutate()}
        />
      </div>
      <p role="status" className="mt-3 min-h-6 font-medium">
        {check.isPending ? <Going steps={steps} /> : <Ended told={told} whole={check.data?.whole} />}
      </p>
      <QueryError error={check.error} />
      {steps.length > 0 && <CheckSteps steps={steps} />}
      {check.isSuccess && steps.length > 0 && <CopyAsText told={told} steps={steps} />}
    </Part>
  );
}

function Going({ steps }: { steps: DoctorStep[] }) {
  const t = useTranslations('doctor');
  const next = DOCTOR_STEPS[steps.length] ?? 'audit';
  return t('under', { step: t(`steps.${next}`) });
}

function Ended({ told, whole }: { told: HealthCheckOutput[]; whole: boolean | undefined }) {
  const t = useTranslations('doctor');
  if (whole === undefined) return null;
  if (!whole) return t('broken');
  const count = told.filter((each) => each.kind === 'step' && each.state === 'failed').length;
  return count === 0 ? t('well') : t('unwell', { count });
}

function CopyAsText({ told, steps }: { told: HealthCheckOutput[]; steps: DoctorStep[] }) {
  const t = useTranslations('doctor');
  const words = useTranslations();
  const { copied, copy } = useCopied();
  const copyText = useTranslations('copy');
  const begun = told.find((each) => each.kind === 'begun');
  const text = () =>
    [t('heading', { at: begun?.at ?? '' }), ...steps.map((step) => stepText(step, words))].join('\n');
  return (
    <Button className="mt-3" onClick={() => copy(text())}>
      <Copy aria-hidden className="size-4" />
      {copied ? copyText('copied') : t('copy')}
    </Button>
  );
}
