'use client';

import { useTranslations } from 'use-intl';
import type { CommonAnswer } from '#lib/api/issues/issue-answers.ts';
import type { CommonValue } from '#lib/domain/issues/shared-attributes.ts';

/** What devices have in common, in words that say how many and nothing about causes. */
export function useSharedAttributeTexts() {
  const t = useTranslations('around.common');
  const device = useTranslations('device.fields');
  const words = {
    subnet: () => t('subnet'),
    group: () => t('group'),
    model: () => device('model'),
    firmware: () => device('firmware'),
    software: () => device('software'),
    camera: () => device('camera'),
  } satisfies Record<CommonValue['attribute'], () => string>;
  return {
    /** "Common to all 14", or to 13 of 14. */
    toHowMany: ({ with: { have, of } }: CommonValue) =>
      have === of ? t('all', { of }) : t('some', { have, of }),
    /** "firmware X". */
    what: ({ attribute, value, label }: CommonValue) =>
      t('what', { attribute: words[attribute](), value: label ?? value }),
    /** "14 of 14 with, 2 of 120 without". */
    counts: ({ with: first, without: second }: CommonValue) =>
      t('counts', { have: first.have, of: first.of, others: second.have, ofOthers: second.of }),
    sharedBy: ({ devices }: CommonAnswer) => t('sharedBy', { n: devices - 1 }),
  };
}
