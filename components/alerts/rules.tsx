'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Part } from '#components/diagnostics/section.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmButton } from '#components/ui/confirm-button.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { AlertsAnswer, ShownRule } from '#lib/api/alerts/alert-answers.ts';
import { OFFERED_RULE } from '#lib/domain/alerts/alert.ts';
import type { RuleSent } from '#lib/queries/alerts/alerts.ts';
import { useCauseTitle } from './cause-title.ts';
import type { FormFailure } from './form-frame.tsx';
import { RuleForm } from './rule-form.tsx';
import { useScopeTexts } from './scope-fields.tsx';

type Props = {
  data: AlertsAnswer;
  busy: boolean;
  /** What went wrong with the last one that was to be kept. */
  trouble: FormFailure;
  onKeep: (kept: { id: string | null; asked: RuleSent }) => Promise<unknown>;
  onRemove: (id: string) => void;
};

/** What is told, of which devices, and where. */
export function RulesPart({ data, busy, trouble, onKeep, onRemove }: Props) {
  const t = useTranslations('alerts.rules');
  /** The rule that is being changed; null for a new one, undefined for none. */
  const [open, setOpen] = useState<string | null>();
  const { rules, channels } = data;
  const close = () => {
    setOpen(undefined);
    trouble.reset();
  };
  const send = (id: string | null) => (asked: RuleSent) => {
    // Trouble is shown from the mutation's own state; what was typed stays then.
    onKeep({ id, asked }).then(
      () => setOpen(undefined),
      () => undefined,
    );
  };
  return (
    <Part title={t('title')} note={t('why')}>
      {rules.length === 0 && <p className="text-quiet">{t('none')}</p>}
      <ul className={rules.length === 0 ? '' : 'divide-y divide-line border-line border-y'}>
        {rules.map((rule) =>
          open === rule.ruleId ? (
            <li key={rule.ruleId} className="pb-3">
              <RuleForm data={data} busy={busy} rule={rule} onSend={send(rule.ruleId)} onCancel={close} />
            </li>
          ) : (
            <RuleLine
              key={rule.ruleId}
              data={data}
              rule={rule}
              busy={busy}
              onEdit={() => setOpen(rule.ruleId)}
              onRemove={() => onRemove(rule.ruleId)}
            />
          ),
        )}
      </ul>
      {channels.length === 0 ? (
        <p className="mt-2 text-quiet">{t('needsChannel')}</p>
      ) : open === null ? (
        <RuleForm data={data} busy={busy} rule={null} onSend={send(null)} onCancel={close} />
      ) : (
        <div className="mt-3 flex flex-wrap gap-2">
          {rules.length === 0 && (
            <Button
              look="primary"
              aria-disabled={busy}
              onClick={() => busy || send(null)(offered(t('offeredName'), channels))}
            >
              {t('offer')}
            </Button>
          )}
          <Button onClick={() => setOpen(null)}>{t('new')}</Button>
        </div>
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

/** What most desks want first, told everywhere there is. */
const offered = (name: string, channels: AlertsAnswer['channels']): RuleSent => ({
  name,
  on: true,
  which: OFFERED_RULE.which,
  scope: { everything: true },
  raiseAfterSeconds: OFFERED_RULE.raiseAfterMs / 1_000,
  resolveAfterSeconds: OFFERED_RULE.resolveAfterMs / 1_000,
  channelIds: channels.map(({ channelId }) => channelId),
});

type LineProps = {
  data: AlertsAnswer;
  rule: ShownRule;
  busy: boolean;
  onEdit: () => void;
  onRemove: () => void;
};

function RuleLine({ data, rule, busy, onEdit, onRemove }: LineProps) {
  const t = useTranslations('alerts.rules');
  const common = useTranslations('alerts');
  const title = useCauseTitle();
  const scope = useScopeTexts();
  const list = useTranslations('list');
  const { name, on, codes, least, raiseAfterSeconds, resolveAfterSeconds, channelIds } = rule;
  const names = data.channels
    .filter(({ channelId }) => channelIds.includes(channelId))
    .map((each) => each.name);
  const minutes = (seconds: number) => Math.round(seconds / 6) / 10;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <h3 className="flex flex-wrap items-center gap-x-3 font-medium">
          <span className={`device-text ${on ? '' : 'text-quiet'}`}>{name}</span>
          <span className="rounded bg-sunken px-2 py-0.5 font-normal text-small">{t(on ? 'on' : 'off')}</span>
        </h3>
        <p>{codes ? codes.map(title).join(' · ') : t(`least.${least ?? 'info'}`)}</p>
        <p className="flex flex-wrap gap-x-4 text-quiet text-small">
          <span className="device-text">{scope(rule.scope)}</span>
          <span>{t('after', { minutes: minutes(raiseAfterSeconds) })}</span>
          <span>{t('clear', { minutes: minutes(resolveAfterSeconds) })}</span>
          <span className="device-text">
            {names.length === 0 ? t('noChannel') : t('to', { names: names.join(list('between')) })}
          </span>
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button aria-label={t('change', { name })} onClick={onEdit}>
          {common('edit')}
        </Button>
        <ConfirmButton
          label={common('remove')}
          about={t('removeWhich', { name })}
          question={t('removeAsk', { name })}
          confirm={t('removeDo')}
          cancel={common('cancel')}
          busy={busy}
          onConfirm={onRemove}
        />
      </div>
    </li>
  );
}
