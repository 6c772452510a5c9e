'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useFieldName } from '#components/devices/use-field-text.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Fact, FactList } from '#components/ui/fact-list.tsx';
import { ViewLink } from '#components/ui/view-link.tsx';
import type { ShownEntry } from '#lib/api/audit/audit-answers.ts';
import { type AuditFilter, auditParams } from '#lib/domain/audit/audit-filter.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';

type Props = { entry: ShownEntry; filter: AuditFilter };

/** Everything that is kept of an entry, with the ways to others of the same person or thing. */
export function AuditDetails({ entry, filter }: Props) {
  const t = useTranslations('audit');
  const role = useTranslations('role');
  const { who, target } = entry;
  const only = (change: Partial<AuditFilter>) => auditParams({ ...filter, ...change });
  return (
    <div className="mb-3 grid gap-x-10 bg-sunken/60 px-3 py-2 md:grid-cols-2">
      <FactList>
        <Text label={t('who')} text={who.name} />
        <Text label={t('subject')} text={who.subject} mono />
        <Fact label={t('role')}>{who.role === null ? t('none') : role(who.role)}</Fact>
        <Text label={t('reason')} text={entry.reason} />
        <About entry={entry} />
        <Target target={target} />
      </FactList>
      <FactList>
        <Text label={t('address')} text={entry.address} mono />
        <Text label={t('requestId')} text={entry.requestId} mono />
        <Text label={t('seq')} text={String(entry.seq)} mono />
        <Text label={t('hash')} text={entry.hash} mono />
      </FactList>
      <p className="flex flex-wrap gap-x-4 gap-y-1 py-1 md:col-span-2">
        {who.subject !== null && who.subject !== filter.subject && (
          <Only to={only({ subject: who.subject })}>{t('onlyWho', { name: who.name ?? who.subject })}</Only>
        )}
        {target?.id && target.id !== filter.targetId && (
          <Only to={only({ targetId: target.id })}>{t('onlyTarget', { id: target.id })}</Only>
        )}
      </p>
    </div>
  );
}

function About({ entry: { action, about } }: Pick<Props, 'entry'>) {
  const t = useTranslations('audit');
  const field = useFieldName();
  if (action === 'revealed' && about !== null) return <Fact label={t('about')}>{field(about)}</Fact>;
  return <Text label={t('about')} text={about} mono />;
}

function Target({ target }: Pick<ShownEntry, 'target'>) {
  const t = useTranslations('audit');
  if (target?.kind !== 'device' || target.id === null) {
    return <Text label={t('target')} text={target && `${t(`targets.${target.kind}`)} ${target.id ?? ''}`} />;
  }
  return (
    <Fact label={t('target')} action={<CopyButton text={target.id} what={t('target')} />}>
      <Link
        href={devicePath({ by: /^\d+$/.test(target.id) ? 'deviceId' : 'unionId', id: target.id })}
        prefetch={false}
        className="identifier text-accent underline underline-offset-2"
      >
        {target.id}
      </Link>
    </Fact>
  );
}

function Text({ label, text, mono = false }: { label: string; text: string | null; mono?: boolean }) {
  const t = useTranslations('audit');
  if (text === null || text === '') {
    return (
      <Fact label={label}>
        <span className="text-quiet">{t('none')}</span>
      </Fact>
    );
  }
  return (
    <Fact label={label} action={<CopyButton text={text} what={label} />}>
      <span className={mono ? 'identifier break-all' : 'device-text break-words'}>{text}</span>
    </Fact>
  );
}

function Only({ to, children }: { to: URLSearchParams; children: ReactNode }) {
  return (
    <ViewLink to={to} className="text-accent underline underline-offset-2">
      {children}
    </ViewLink>
  );
}
