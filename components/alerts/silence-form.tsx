'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { AlertsAnswer } from '#lib/api/alerts/alert-answers.ts';
import { CAUSES, causeOf, LIMITS } from '#lib/domain/alerts/alert.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import type { SentSilence } from '#lib/queries/alerts/alerts.ts';
import { useCauseTitle } from './cause-title.ts';
import { ChecksField, ChoiceField, TextField } from './field.tsx';
import { FormFrame } from './form-frame.tsx';
import { readersZone } from './readers-zone.ts';
import { EVERYTHING, type ScopeDraft, ScopeFields, scopeOf } from './scope-fields.tsx';

/** What a form begins with. */
export type SilenceDraft = { scope: ScopeDraft; code: IssueCode };

type Props = {
  data: AlertsAnswer;
  draft: Partial<SilenceDraft>;
  busy: boolean;
  onSend: (asked: SentSilence) => void;
  onCancel: () => void;
};

const KINDS = ['hours', 'once', 'weekly'] as const;
const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const ALL = 'all';
const HOUR = 3_600_000;

type Times = {
  kind: (typeof KINDS)[number];
  hours: string;
  /** As the browser's own boxes for moments have them, without a zone. */
  from: string;
  until: string;
  days: string[];
  opens: string;
  closes: string;
  zone: string;
};

/** When it is to be quiet, as it is sent; `serverNow` because the reader's clock may be wrong. */
function whenOf(times: Times, serverNow: number): SentSilence['when'] {
  const { kind, hours, from, until, days, opens, closes, zone } = times;
  if (kind === 'weekly')
    return { kind, days: days.map(Number).sort(), from: opens, to: closes, zone: zone.trim() };
  const iso = (text: string | number) => new Date(text).toISOString();
  if (kind === 'once') return { kind, from: iso(from), until: iso(until) };
  return { kind: 'once', from: iso(serverNow), until: iso(serverNow + Number(hours) * HOUR) };
}

/** What is to be quiet, when and why. */
export function SilenceForm({ data, draft, busy, onSend, onCancel }: Props) {
  const t = useTranslations('alerts.silences');
  const title = useCauseTitle();
  const [scope, setScope] = useState(draft.scope ?? EVERYTHING);
  const [code, setCode] = useState<string>(draft.code ? causeOf(draft.code) : ALL);
  const [reason, setReason] = useState('');
  const [times, setTimes] = useState<Times>(() => ({
    kind: 'hours',
    hours: '8',
    from: '',
    until: '',
    days: ['6', '7'],
    opens: '22:00',
    closes: '06:00',
    zone: readersZone(),
  }));
  return (
    <FormFrame
      title={t('new')}
      does={t('add')}
      busy={busy}
      onCancel={onCancel}
      onSend={() =>
        onSend({
          scope: scopeOf(scope),
          reason: reason.trim(),
          codes: code === ALL ? null : [code],
          when: whenOf(times, Date.parse(data.at)),
        })
      }
    >
      <TextField
        label={t('reason')}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        required
        pattern=".*\S.*"
        maxLength={LIMITS.reason}
        placeholder={t('reasonExample')}
      />
      <ChoiceField
        label={t('what')}
        value={code}
        choices={[{ value: ALL, word: t('all') }, ...CAUSES.map((value) => ({ value, word: title(value) }))]}
        onChoose={setCode}
      />
      <ScopeFields draft={scope} groups={data.groups} onChange={setScope} />
      <TimeFields times={times} set={(change) => setTimes({ ...times, ...change })} />
    </FormFrame>
  );
}

function TimeFields({ times, set }: { times: Times; set: (change: Partial<Times>) => void }) {
  const t = useTranslations('alerts.silences');
  const day = useTranslations('alerts.day');
  const { kind } = times;
  const box = (name: 'hours' | 'from' | 'until' | 'opens' | 'closes' | 'zone') => ({
    value: times[name],
    required: true,
    onChange: ({ target }: { target: { value: string } }) => set({ [name]: target.value }),
  });
  return (
    <>
      <ChoiceField
        label={t('when')}
        value={kind}
        choices={KINDS.map((value) => ({ value, word: t(`kinds.${value}`) }))}
        onChoose={(value) => set({ kind: KINDS.find((each) => each === value) ?? 'hours' })}
        className="sm:col-start-1"
      />
      {kind === 'hours' && (
        <TextField
          label={t('hours')}
          type="number"
          min={0.1}
          max={LIMITS.mute / HOUR}
          step="any"
          {...box('hours')}
        />
      )}
      {kind === 'once' && (
        <div className="grid gap-4 sm:col-span-2 sm:grid-cols-2">
          <TextField label={t('from')} type="datetime-local" {...box('from')} />
          <TextField label={t('until')} type="datetime-local" {...box('until')} />
        </div>
      )}
      {kind === 'weekly' && (
        <>
          <TextField label={t('zone')} maxLength={64} {...box('zone')} />
          <ChecksField
            label={t('days')}
            choices={DAYS.map((value) => ({ value, word: day(value) }))}
            chosen={times.days}
            onChange={(days) => set({ days })}
            className="sm:col-span-2"
          />
          <TextField label={t('from')} type="time" {...box('opens')} />
          <TextField label={t('until')} type="time" {...box('closes')} />
        </>
      )}
    </>
  );
}
