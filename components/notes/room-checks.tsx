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

/** What somebody in the room said, as evidence with its age, and the way to ask there. */
export function RoomChecks({ answer }: { answer: ReceivedAnswer }) {
  const t = useTranslations('checklist');
  const { deviceId } = answer.device;
  const known = answer.checks.filter(({ step }) => isCheckStep(step));
  if (deviceId === null) return null;
  return (
    <section aria-label={t('title')} className="border-line border-b py-2">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        {known.length === 0 ? (
          <p className="py-1 text-quiet">{t('none')}</p>
        ) : (
          <div className="min-w-0">
            <h2 className="py-1 font-semibold">{t('title')}</h2>
            <ul className="space-y-0.5">
              {known.map((check) => (
                <SaidCheck key={check.step} answer={answer} check={check} />
              ))}
            </ul>
          </div>
        )}
        <Link href={checklistPath(deviceId)} prefetch={false} title={t('openWhy')} className={buttonClass()}>
          <ListChecks aria-hidden className="size-4" />
          {t('open')}
        </Link>
      </div>
    </section>
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
