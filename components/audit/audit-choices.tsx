'use client';

import { type FormEvent, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { useView } from '#components/ui/use-view.ts';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from '#lib/domain/audit/audit.ts';
import { type AuditFilter, auditParams } from '#lib/domain/audit/audit-filter.ts';
import { viewOfDays } from '#lib/queries/history/history-address.ts';

const field = 'mt-0.5 block h-8 rounded border border-line-strong bg-surface px-2 text-input md:text-base';

/** What narrows the log: what was done, how it ended, which days. All of it stands in the address. */
export function AuditChoices({ filter }: { filter: AuditFilter }) {
  const t = useTranslations('audit');
  const view = useView();
  const choose = (change: Partial<AuditFilter>) => view.push(auditParams({ ...filter, ...change }));
  return (
    <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
      <Choice
        label={t('what')}
        all={t('everything')}
        value={filter.action}
        options={AUDIT_ACTIONS.map((value) => ({ value, word: t(`actions.${value}`) }))}
        onChoose={(action) => choose({ action })}
      />
      <Choice
        label={t('outcome')}
        all={t('anyhow')}
        value={filter.outcome}
        options={AUDIT_OUTCOMES.map((value) => ({ value, word: t(`outcomes.${value}`) }))}
        onChoose={(outcome) => choose({ outcome })}
      />
      <Days onChoose={(from, to) => choose({ from, to })} />
    </div>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  /** The word for no choice. */
  all: string;
  value: T | null;
  options: { value: T; word: string }[];
  onChoose: (value: T | null) => void;
};

function Choice<T extends string>({ label, all, value, options, onChoose }: ChoiceProps<T>) {
  return (
    <label className="text-quiet text-small">
      {label}
      <select
        value={value ?? ''}
        onChange={({ target }) =>
          onChoose(options.find((option) => option.value === target.value)?.value ?? null)
        }
        className={`${field} max-w-56 text-text`}
      >
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.word}
          </option>
        ))}
      </select>
    </label>
  );
}

function Days({ onChoose }: { onChoose: (from: number, to: number) => void }) {
  const t = useTranslations('audit');
  const box = useRef<HTMLDetailsElement>(null);
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const days = viewOfDays(String(said.get('first')), String(said.get('last')));
    if (days === null || !('from' in days)) return;
    onChoose(Date.parse(days.from), Date.parse(days.to));
    if (box.current) box.current.open = false;
  };
  return (
    <details ref={box} className="self-center">
      <summary className="min-h-7 text-accent text-small">{t('days')}</summary>
      <form onSubmit={show} className="flex flex-wrap items-end gap-3 py-2">
        {(['first', 'last'] as const).map((name) => (
          <label key={name} className="text-quiet text-small">
            {t(name)}
            <input type="date" name={name} required className={field} />
          </label>
        ))}
        <Button type="submit">{t('show')}</Button>
      </form>
    </details>
  );
}
