'use client';

import { useTranslations } from 'use-intl';
import { useAgo } from '#components/ui/age.tsx';
import type { ReceivedAnswer, ReceivedCheck } from '#lib/queries/devices/device.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';

/** What an age is counted from: of what came with an answer, when that reached this browser. */
export const checkAge = (answer: ReceivedAnswer, { at, ageMs, receivedAt }: ReceivedCheck) => ({
  observedAt: at,
  ageMs,
  receivedAt: receivedAt ?? answer.receivedAt ?? firstSeenAt(answer),
});

const asItIs = (text: string) => text;

/** Who told it and how long ago, and the whole of it in one line. A person's name is made clean for where it stands. */
export function useCheckLine() {
  const t = useTranslations('checklist');
  const who = useCheckTeller();
  return ({ step, answer, by }: ReceivedCheck, age: number, clean: (text: string) => string): string =>
    `${t('said', { step: t(`steps.${step}.said`), answer: t(`answers.${answer}`) })} (${who(by, age, clean)})`;
}

/** Who told something in the room, and how long ago. */
export function useCheckTeller() {
  const t = useTranslations('checklist');
  const ago = useAgo();
  return (by: string | null, ageMs: number, clean = asItIs): string =>
    by === null ? t('byNobody', { age: ago(ageMs) }) : t('by', { name: clean(by), age: ago(ageMs) });
}
