'use client';

import { Check, ClipboardList, ClipboardPen } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useShortcut } from '#components/layout/use-shortcut.ts';
import { BareButton } from '#components/ui/bare-button.tsx';
import { Button } from '#components/ui/button.tsx';
import { useCopied } from '#components/ui/copy-button.tsx';
import { DropPanel } from '#components/ui/drop-panel.tsx';
import { SUMMARY_FORMS, type SummaryForm } from '#lib/domain/text/summary-form.ts';
import type { ReceivedAnswer } from '#lib/queries/devices/device.ts';
import { useSummary } from './use-summary.ts';
import { keptForm, useSummaryForm } from './use-summary-form.ts';

/**
 * Copies what is known of the device and what is wrong with it, to be pasted back to whoever asked: in the form that was
 * chosen last, or in another one.
 */
export function CopySummaryButton({ answer, link }: { answer: ReceivedAnswer; link: string }) {
  const t = useTranslations('issues.summary');
  const summary = useSummary();
  const [form, choose] = useSummaryForm();
  const { copied, copy } = useCopied();
  const copyAs = (which: SummaryForm) => void copy(summary(which, answer, link));
  useShortcut('s', 'copySummary', () => copyAs(keptForm()));
  const Icon = copied ? Check : ClipboardList;
  return (
    <span className="inline-flex gap-1">
      <Button
        onClick={() => copyAs(keptForm())}
        aria-keyshortcuts="s"
        title={t('copyAs', { form: t(`form.${form}`) })}
      >
        <Icon aria-hidden className="size-4" />
        {t('copy')}
      </Button>
      <DropPanel label={t('choose')} Icon={ClipboardPen} bare>
        <ul className="-m-1">
          {SUMMARY_FORMS.map((each) => (
            <li key={each}>
              <BareButton
                aria-pressed={each === form}
                onClick={(event) => {
                  choose(each);
                  copyAs(each);
                  close(event);
                }}
                className="flex min-h-11 w-full items-center gap-3 rounded px-2 py-1 text-left hover:bg-sunken"
              >
                <Check aria-hidden className={`size-4 shrink-0 ${each === form ? '' : 'invisible'}`} />
                <span>
                  <span className="font-medium">{t(`form.${each}`)}</span>
                  <span className="block text-quiet text-small">{t(`formWhy.${each}`)}</span>
                </span>
              </BareButton>
            </li>
          ))}
        </ul>
      </DropPanel>
    </span>
  );
}

/** What was chosen is done; the keyboard stays where the panel hangs. */
function close({ currentTarget }: MouseEvent<HTMLElement>): void {
  const panel = currentTarget.closest('details');
  panel?.removeAttribute('open');
  panel?.querySelector('summary')?.focus();
}
