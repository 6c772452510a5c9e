'use client';

import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { ShownChannel } from '#lib/api/alerts/alert-answers.ts';
import type { ChannelAsked } from '#lib/api/alerts/alert-requests.ts';
import { CHANNEL_KINDS, type ChannelKind, LIMITS, NOTIFICATION_LOCALES } from '#lib/domain/alerts/alert.ts';
import { ChoiceField, LinesField, linesOf, TextField } from './field.tsx';
import { FormFrame } from './form-frame.tsx';
import { readersZone } from './readers-zone.ts';

type Props = {
  /** Whether the desk can send e-mail. */
  mail: boolean;
  /** The channel to be changed; null for a new one. */
  channel: ShownChannel | null;
  busy: boolean;
  onSend: (asked: ChannelAsked) => void;
  onCancel: () => void;
};

/** Where notices go and in which language. What is secret is asked for and never shown. */
export function ChannelForm({ mail, channel, busy, onSend, onCancel }: Props) {
  const t = useTranslations('alerts.channels');
  const common = useTranslations('alerts');
  const locale = useLocale();
  const [form, setForm] = useState(() => ({
    kind: channel?.kind ?? ('robot' as ChannelKind),
    name: channel?.name ?? '',
    locale: channel?.locale ?? locale,
    zone: channel?.zone ?? readersZone(),
    url: '',
    secret: '',
    to: channel?.kind === 'mail' ? channel.shown.replaceAll(', ', '\n') : '',
  }));
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const { kind } = form;
  const said = (text: string) => text.trim() || undefined;
  return (
    <FormFrame
      title={channel ? t('change', { name: channel.name }) : t('new')}
      does={common(channel ? 'save' : 'add')}
      busy={busy}
      onCancel={onCancel}
      onSend={() =>
        onSend({
          kind,
          name: form.name.trim(),
          locale: form.locale,
          zone: form.zone.trim(),
          ...(kind === 'mail'
            ? { to: linesOf(form.to) }
            : { url: said(form.url), secret: said(form.secret) }),
        })
      }
    >
      {!channel && (
        <ChoiceField
          label={t('kind')}
          value={kind}
          choices={CHANNEL_KINDS.filter((each) => mail || each !== 'mail').map((value) => ({
            value,
            word: t(`kinds.${value}`),
          }))}
          onChoose={(value) => set({ kind: CHANNEL_KINDS.find((each) => each === value) ?? 'robot' })}
        />
      )}
      <TextField
        label={t('name')}
        value={form.name}
        onChange={({ target }) => set({ name: target.value })}
        required
        pattern=".*\S.*"
        maxLength={LIMITS.name}
        placeholder={t('nameExample')}
      />
      {kind === 'mail' ? (
        <LinesField
          label={t('to')}
          value={form.to}
          onChange={({ target }) => set({ to: target.value })}
          required
          className="sm:col-span-2"
        />
      ) : (
        <AddressFields kind={kind} isNew={channel === null} form={form} set={set} />
      )}
      <ChoiceField
        label={t('language')}
        value={form.locale}
        choices={NOTIFICATION_LOCALES.map((value) => ({ value, word: t(`languages.${value}`) }))}
        onChoose={(value) => set({ locale: NOTIFICATION_LOCALES.find((each) => each === value) ?? 'en' })}
      />
      <TextField
        label={t('zone')}
        value={form.zone}
        onChange={({ target }) => set({ zone: target.value })}
        required
        maxLength={64}
      />
      {!mail && !channel && <p className="text-quiet text-small sm:col-span-2">{t('noMail')}</p>}
    </FormFrame>
  );
}

type AddressProps = {
  kind: 'robot' | 'webhook';
  isNew: boolean;
  form: { url: string; secret: string };
  set: (change: { url?: string; secret?: string }) => void;
};

function AddressFields({ kind, isNew, form, set }: AddressProps) {
  const t = useTranslations('alerts.channels');
  return (
    <>
      <TextField
        label={t(`${kind}Url`)}
        note={isNew ? t(`${kind}How`) : t('keep')}
        type="url"
        value={form.url}
        onChange={({ target }) => set({ url: target.value })}
        required={isNew}
        maxLength={LIMITS.url}
        className="sm:col-span-2"
      />
      <TextField
        label={t(`${kind}Secret`)}
        note={isNew ? (kind === 'webhook' ? t('webhookSecretHow') : undefined) : t('keepSecret')}
        // A password manager has no business here, and somebody may look on.
        type="password"
        autoComplete="new-password"
        value={form.secret}
        onChange={({ target }) => set({ secret: target.value })}
        maxLength={LIMITS.secret}
        className="sm:col-span-2"
      />
    </>
  );
}
