'use client';

import { useMutation } from '@tanstack/react-query';
import { Bot, Mail, Webhook } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Part } from '#components/diagnostics/section.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmButton } from '#components/ui/confirm-button.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { AlertsAnswer, ShownChannel } from '#lib/api/alerts/alert-answers.ts';
import type { ChannelAsked } from '#lib/api/alerts/alert-requests.ts';
import type { ChannelKind } from '#lib/domain/alerts/alert.ts';
import { keepChannel, testChannel } from '#lib/queries/alerts/alerts.ts';
import { ChannelFault } from './channel-fault.tsx';
import { ChannelForm } from './channel-form.tsx';
import { MadeSecret } from './made-secret.tsx';

type Props = {
  data: AlertsAnswer;
  busy: boolean;
  onSettled: () => unknown;
  onRemove: (id: string) => void;
};

/** Where notices go. */
export function ChannelsPart({ data, busy, onSettled, onRemove }: Props) {
  const t = useTranslations('alerts.channels');
  /** The channel that is being changed; null for a new one, undefined for none. */
  const [open, setOpen] = useState<string | null>();
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  const keeping = useMutation({
    networkMode: 'always',
    mutationFn: keepChannel,
    onSettled,
    // What is shown once is not kept beside it either.
    gcTime: 0,
    onSuccess: ({ secret }, { asked }) => {
      setOpen(undefined);
      if (secret !== null) setMade({ name: asked.name, secret });
    },
  });
  const close = () => {
    setOpen(undefined);
    keeping.reset();
  };
  const form = (channel: ShownChannel | null) => (
    <>
      <ChannelForm
        mail={data.mail}
        channel={channel}
        busy={keeping.isPending}
        onSend={(asked: ChannelAsked) => keeping.mutate({ id: channel?.channelId ?? null, asked })}
        onCancel={close}
      />
      <QueryError
        className="mt-3 mb-5"
        error={keeping.error}
        busy={keeping.isPending}
        onRetry={keeping.reset}
      />
    </>
  );
  return (
    <Part title={t('title')} note={t('why')}>
      {made && (
        <MadeSecret
          {...made}
          onDone={() => {
            setMade(null);
            keeping.reset();
          }}
        />
      )}
      {data.channels.length === 0 && <p className="text-quiet">{t('none')}</p>}
      <ul className={data.channels.length === 0 ? '' : 'divide-y divide-line border-line border-y'}>
        {data.channels.map((channel) =>
          open === channel.channelId ? (
            <li key={channel.channelId}>{form(channel)}</li>
          ) : (
            <ChannelLine
              key={channel.channelId}
              channel={channel}
              busy={busy}
              onSettled={onSettled}
              onEdit={() => {
                keeping.reset();
                setOpen(channel.channelId);
              }}
              onRemove={() => onRemove(channel.channelId)}
            />
          ),
        )}
      </ul>
      {open === null ? (
        form(null)
      ) : (
        <Button
          className="mt-3"
          onClick={() => {
            keeping.reset();
            setOpen(null);
          }}
        >
          {t('new')}
        </Button>
      )}
    </Part>
  );
}

const ICONS = { robot: Bot, webhook: Webhook, mail: Mail } as const satisfies Record<ChannelKind, unknown>;

type LineProps = Pick<Props, 'busy' | 'onSettled'> & {
  channel: ShownChannel;
  onEdit: () => void;
  onRemove: () => void;
};

function ChannelLine({ channel, busy, onSettled, onEdit, onRemove }: LineProps) {
  const t = useTranslations('alerts.channels');
  const common = useTranslations('alerts');
  const testing = useMutation({ networkMode: 'always', mutationFn: testChannel, onSettled });
  const { channelId, kind, name, locale, zone, shown, readable, fault } = channel;
  const Icon = ICONS[kind];
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h3 className="flex min-w-0 items-center gap-2 font-medium">
            <Icon aria-hidden className="size-4 shrink-0" />
            <span className="device-text">{name}</span>
          </h3>
          <p className="flex flex-wrap gap-x-4 text-quiet text-small">
            <span>{t(`kinds.${kind}`)}</span>
            <span className="device-text">{shown}</span>
            <span>{t(`languages.${locale}`)}</span>
            <span>{zone}</span>
          </p>
          {!readable && <p className="font-medium text-small">{t('unreadable')}</p>}
          {fault && !testing.isPending && <ChannelFault fault={fault} />}
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            aria-label={t('testWhich', { name })}
            aria-disabled={testing.isPending}
            onClick={() => testing.isPending || testing.mutate(channelId)}
          >
            {testing.isPending ? t('testing') : t('test')}
          </Button>
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
      </div>
      <p role="status" className={testing.data ? 'device-text mt-2 text-small' : 'sr-only'} data-test>
        {testing.data && t(testing.data.ok ? 'testOk' : 'testFailed', { answer: testing.data.answer })}
      </p>
      <QueryError
        className="mt-3 mb-5"
        error={testing.error}
        busy={testing.isPending}
        onRetry={() => testing.mutate(channelId)}
      />
    </li>
  );
}
