'use client';

import { BellOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Part } from '#components/diagnostics/section.tsx';
import { When } from '#components/diagnostics/server-now.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmButton } from '#components/ui/confirm-button.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { AlertsAnswer, ShownSilence } from '#lib/api/alerts/alert-answers.ts';
import type { SentSilence } from '#lib/queries/alerts/alerts.ts';
import { useCauseTitle } from './cause-title.ts';
import type { FormFailure } from './form-frame.tsx';
import { useScopeTexts } from './scope-fields.tsx';
import { type SilenceDraft, SilenceForm } from './silence-form.tsx';

type Props = {
  data: AlertsAnswer;
  busy: boolean;
  /** What the form is open with; null while it is closed. */
  draft: Partial<SilenceDraft> | null;
  /** What went wrong with the last one that was to be added. */
  trouble: FormFailure;
  onDraft: (draft: Partial<SilenceDraft> | null) => void;
  onAdd: (asked: SentSilence) => Promise<unknown>;
  onRemove: (id: string) => void;
};

/** What raises nothing for a while. */
export function SilencesPart({ data, busy, draft, trouble, onDraft, onAdd, onRemove }: Props) {
  const t = useTranslations('alerts.silences');
  const { silences } = data;
  return (
    <Part title={t('title')} note={t('why')}>
      {silences.length === 0 ? (
        <p className="text-quiet">{t('none')}</p>
      ) : (
        <ul className="divide-y divide-line border-line border-y">
          {silences.map((silence) => (
            <SilenceLine
              key={silence.silenceId}
              silence={silence}
              busy={busy}
              onRemove={() => onRemove(silence.silenceId)}
            />
          ))}
        </ul>
      )}
      {draft ? (
        <SilenceForm
          // Another part to be muted is another form.
          key={JSON.stringify(draft)}
          data={data}
          busy={busy}
          draft={draft}
          onSend={(asked) =>
            onAdd(asked).then(
              () => onDraft(null),
              () => undefined,
            )
          }
          onCancel={() => {
            onDraft(null);
            trouble.reset();
          }}
        />
      ) : (
        <Button className="mt-3" onClick={() => onDraft({})}>
          {t('new')}
        </Button>
      )}
      <QueryError
        className="mt-3 mb-5"
        error={trouble.error}
        busy={trouble.isPending}
        onRetry={trouble.reset}
      />
    </Part>
  );
}

function SilenceLine({
  silence,
  busy,
  onRemove,
}: {
  silence: ShownSilence;
  busy: boolean;
  onRemove: () => void;
}) {
  const t = useTranslations('alerts.silences');
  const common = useTranslations('alerts');
  const title = useCauseTitle();
  const scope = useScopeTexts();
  const { codes, now, reason, by } = silence;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium">
          <span className="device-text">{reason}</span>
          <span className="inline-flex items-center gap-1 rounded bg-sunken px-2 py-0.5 font-normal text-small">
            {now && <BellOff aria-hidden className="size-3.5" />}
            {t(now ? 'now' : 'later')}
          </span>
        </h3>
        <p className="flex flex-wrap gap-x-4 text-quiet text-small">
          <span>{codes ? codes.map(title).join(' · ') : t('all')}</span>
          <span className="device-text">{scope(silence.scope)}</span>
          <TimeTexts silence={silence} />
          <span className="device-text">{t('by', { name: by })}</span>
        </p>
      </div>
      <ConfirmButton
        label={t('end')}
        about={t('endWhich', { reason })}
        question={t('endAsk')}
        confirm={t('endDo')}
        cancel={common('cancel')}
        busy={busy}
        onConfirm={onRemove}
      />
    </li>
  );
}

function TimeTexts({ silence: { when, now } }: { silence: ShownSilence }) {
  const t = useTranslations('alerts.silences');
  const day = useTranslations('alerts.day');
  const list = useTranslations('list');
  if (when.kind === 'weekly') {
    const { from, to, zone } = when;
    const days = when.days.toSorted().map((each) => day(String(each) as '1'));
    return <span>{t('weekly', { days: days.join(list('between')), from, to, zone })}</span>;
  }
  return (
    <>
      {!now && <span>{t.rich('fromWhen', { when: () => <When iso={when.from} /> })}</span>}
      <span>{t.rich('untilWhen', { when: () => <When iso={when.until} /> })}</span>
    </>
  );
}
