'use client';

import { CircleCheck, CircleHelp, CircleX, ListChecks, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useAge, useAgo } from '#components/ui/age.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import { type CheckAnswer, isCheckStep } from '#lib/domain/notes/check.ts';
import type { ReceivedAnswer, ReceivedCheck } from '#lib/queries/devices/device.ts';
import { checklistPath } from '#lib/queries/notes/checks.ts';
import { checkAge, useCheckTeller } from './use-check-line.ts';

const ICONS: Record<CheckAnswer, LucideIcon> = { yes: CircleCheck, no: CircleX, unclear: CircleHelp };

/** Answers of people in the room within the last day, with their age. Absent without any. */
export function RoomChecks({ answer }: { answer: ReceivedAnswer }) {
  const t = useTranslations('checklist');
  const known = answer.checks.filter(({ step }) => isCheckStep(step));
  if (known.length === 0) return null;
  return (
    <section aria-label={t('title')} className="card mt-2 px-4 py-3">
      <h2 className="font-semibold text-section">{t('title')}</h2>
      <ul className="mt-1 space-y-0.5">
        {known.map((check) => (
          <SaidCheck key={check.step} answer={answer} check={check} />
        ))}
      </ul>
    </section>
  );
}

/** Leads to the checklist for people in the room. */
export function ChecklistLink({ answer }: { answer: ReceivedAnswer }) {
  const t = useTranslations('checklist');
  const { deviceId } = answer.device;
  if (deviceId === null) return null;
  return (
    <Link href={checklistPath(deviceId)} prefetch={false} title={t('openWhy')} className={buttonClass()}>
      <ListChecks aria-hidden className="size-4" />
      {t('open')}
    </Link>
  );
}

function SaidCheck({ answer, check }: { answer: ReceivedAnswer; check: ReceivedCheck }) {
  const t = useTranslations('checklist');
  const Icon = ICONS[check.answer];
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <Icon aria-hidden className="size-4 shrink-0 self-center" />
      <span className="min-w-0">
        {t('said', { step: t(`steps.${check.step}.said`), answer: t(`answers.${check.answer}`) })}
      </span>
      <CheckTold answer={answer} check={check} />
    </li>
  );
}

/** Who told it and how long ago, counting up. */
export function CheckTold({ answer, check }: { answer: ReceivedAnswer; check: ReceivedCheck }) {
  const t = useTranslations('checklist');
  const teller = useCheckTeller();
  const ago = useAgo();
  const moment = useMomentText();
  const age = useAge(useMemo(() => checkAge(answer, check), [answer, check]));
  return (
    <time dateTime={check.at} title={moment(check.at)} className="device-text text-quiet text-small">
      {check.own ? t('byYou', { age: ago(age) }) : teller(check.by, age)}
    </time>
  );
}
