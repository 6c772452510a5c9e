'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { AlertsAnswer, ShownRule } from '#lib/api/alerts/alert-answers.ts';
import { CAUSES, LIMITS, OFFERED_RULE } from '#lib/domain/alerts/alert.ts';
import { SEVERITIES } from '#lib/domain/issues/issue.ts';
import type { RuleSent } from '#lib/queries/alerts/alerts.ts';
import { useCauseTitle } from './cause-title.ts';
import { Check, ChecksField, ChoiceField, TextField } from './field.tsx';
import { FormFrame } from './form-frame.tsx';
import { draftOf, EVERYTHING, ScopeFields, scopeOf } from './scope-fields.tsx';

type Props = {
  data: AlertsAnswer;
  /** The rule to be changed; null for a new one. */
  rule: ShownRule | null;
  busy: boolean;
  onSend: (asked: RuleSent) => void;
  onCancel: () => void;
};

const MINUTE = 60;

function draft(rule: ShownRule | null, { channels }: AlertsAnswer) {
  return {
    name: rule?.name ?? '',
    on: rule?.on ?? true,
    what: rule ? (rule.least ?? 'chosen') : 'critical',
    codes: (rule?.codes ?? OFFERED_RULE.which.codes) as string[],
    scope: rule ? draftOf(rule.scope) : EVERYTHING,
    raise: String((rule?.raiseAfterSeconds ?? OFFERED_RULE.raiseAfterMs / 1_000) / MINUTE),
    clear: String((rule?.resolveAfterSeconds ?? OFFERED_RULE.resolveAfterMs / 1_000) / MINUTE),
    channelIds: rule?.channelIds ?? channels.map(({ channelId }) => channelId),
  };
}

/** What is told, of which devices, how soon, and where. */
export function RuleForm({ data, rule, busy, onSend, onCancel }: Props) {
  const t = useTranslations('alerts.rules');
  const common = useTranslations('alerts');
  const title = useCauseTitle();
  const [form, setForm] = useState(() => draft(rule, data));
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const least = SEVERITIES.find((each) => each === form.what) ?? 'critical';
  const known = data.channels.map(({ channelId }) => channelId);
  const minutes = { type: 'number', inputMode: 'decimal', required: true, min: 0, step: 'any' } as const;
  return (
    <FormFrame
      title={rule ? t('change', { name: rule.name }) : t('new')}
      does={common(rule ? 'save' : 'add')}
      busy={busy}
      onCancel={onCancel}
      onSend={() =>
        onSend({
          name: form.name.trim(),
          on: form.on,
          scope: scopeOf(form.scope),
          which: form.what === 'chosen' ? { codes: form.codes } : { least },
          raiseAfterSeconds: Number(form.raise) * MINUTE,
          resolveAfterSeconds: Number(form.clear) * MINUTE,
          channelIds: form.channelIds.filter((id) => known.includes(id)),
        })
      }
    >
      <TextField
        label={t('name')}
        value={form.name}
        onChange={({ target }) => set({ name: target.value })}
        required
        pattern=".*\S.*"
        maxLength={LIMITS.name}
        placeholder={t('nameExample')}
      />
      <ChoiceField
        label={t('what')}
        value={form.what}
        choices={[
          ...SEVERITIES.map((value) => ({ value, word: t(`least.${value}`) })),
          { value: 'chosen', word: t('chosen') },
        ]}
        onChoose={(what) => set({ what })}
      />
      {form.what === 'chosen' && (
        <ChecksField
          label={t('codes')}
          choices={CAUSES.map((value) => ({ value, word: title(value) }))}
          chosen={form.codes}
          onChange={(codes) => set({ codes })}
          className="sm:col-span-2"
        />
      )}
      <ScopeFields draft={form.scope} groups={data.groups} onChange={(scope) => set({ scope })} />
      <div className="grid gap-4 sm:col-span-2 sm:grid-cols-2">
        <TextField
          label={t('raiseAfter')}
          value={form.raise}
          onChange={({ target }) => set({ raise: target.value })}
          max={LIMITS.threshold / 60_000}
          {...minutes}
        />
        <TextField
          label={t('clearAfter')}
          value={form.clear}
          onChange={({ target }) => set({ clear: target.value })}
          max={LIMITS.threshold / 60_000}
          {...minutes}
        />
      </div>
      <ChecksField
        label={t('channels')}
        choices={data.channels.map(({ channelId, name }) => ({ value: channelId, word: name }))}
        chosen={form.channelIds}
        onChange={(channelIds) => set({ channelIds })}
        className="sm:col-span-2"
      />
      <Check checked={form.on} onChange={(on) => set({ on })}>
        {t('isOn')}
      </Check>
    </FormFrame>
  );
}
