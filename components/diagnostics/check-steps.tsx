'use client';

import { CircleAlert, CircleCheck, CircleDashed, CircleHelp, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { DoctorStep } from '#lib/domain/diagnostics/doctor.ts';
import { stepTexts } from '#lib/i18n/doctor-text.ts';
import { SystemIssueTexts } from './system-issues.tsx';

const ICONS: Record<DoctorStep['state'], LucideIcon> = {
  ok: CircleCheck,
  failed: CircleAlert,
  unknown: CircleHelp,
  'not-asked': CircleDashed,
};

/** What a walk found so far, a row a step. */
export function CheckSteps({ steps }: { steps: DoctorStep[] }) {
  const t = useTranslations('doctor');
  return (
    <ol aria-label={t('result')} className="mt-3 divide-y divide-line border-line border-y">
      {steps.map((step) => (
        <StepRow key={step.step} step={step} />
      ))}
    </ol>
  );
}

function StepRow({ step }: { step: DoctorStep }) {
  const words = stepTexts(step, useTranslations());
  const Icon = ICONS[step.state];
  return (
    <li className="flex gap-x-3 py-2" data-step={step.step} data-state={step.state}>
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${step.state === 'failed' ? '' : 'text-quiet'}`} />
      <div className="min-w-0 grow">
        <p>
          <span className="font-medium">{words.title}</span>{' '}
          <span className="text-quiet text-small">{words.state}</span>
        </p>
        {words.trouble !== null && <p className="font-semibold">{words.trouble}</p>}
        {words.facts.map((text) => (
          <p key={text} className="break-words text-quiet">
            {text}
          </p>
        ))}
        <Proof texts={words.proof} />
        {step.trouble !== null && <SystemIssueTexts code={step.trouble} />}
      </div>
    </li>
  );
}

function Proof({ texts }: { texts: string[] }) {
  const t = useTranslations('doctor');
  if (texts.length === 0) return null;
  return (
    <dl className="mt-1">
      <dt className="text-quiet text-small">{t('proof')}</dt>
      {texts.map((text) => (
        <dd key={text} className="identifier break-words text-small">
          {text}
        </dd>
      ))}
    </dl>
  );
}
