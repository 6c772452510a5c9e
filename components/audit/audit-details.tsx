'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useFieldWord } from '#components/devices/use-field-text.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Fact, FactList } from '#components/ui/fact-list.tsx';
import { ViewLink } from '#components/ui/view-link.tsx';
import type { ShownEntry } from '#lib/domain/audit/audit-answer.ts';
import { type AuditFilter, auditParams } from '#lib/domain/audit/audit-filter.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';

type Props = { entry: ShownEntry; filter: AuditFilter };

/** Everything that is kept of an entry, with the ways to others of the same person or thing. */
export function AuditDetails({ entry, filter }: Props) {
  const say = useTranslations('audit');
  const role = useTranslations('role');
  const { who, target } = entry;
  const only = (change: Partial<AuditFilter>) => auditParams({ ...filter, ...change });
  return (
    <div className="mb-3 grid gap-x-10 bg-sunken/60 px-3 py-2 md:grid-cols-2">
      <FactList>
        <Text label={say('who')} text={who.name} />
        <Text label={say('subject')} text={who.subject} mono />
        <Fact label={say('role')}>{who.role === null ? say('none') : role(who.role)}</Fact>
        <Text label={say('reason')} text={entry.reason} />
        <About entry={entry} />
        <Target target={target} />
      </FactList>
      <FactList>
        <Text label={say('address')} text={entry.address} mono />
        <Text label={say('requestId')} text={entry.requestId} mono />
        <Text label={say('seq')} text={String(entry.seq)} mono />
        <Text label={say('hash')} text={entry.hash} mono />
      </FactList>
      <p className="flex flex-wrap gap-x-4 gap-y-1 py-1 md:col-span-2">
        {who.subject !== null && who.subject !== filter.subject && (
          <Only to={only({ subject: who.subject })}>{say('onlyWho', { name: who.name ?? who.subject })}</Only>
        )}
        {target?.id && target.id !== filter.targetId && (
          <Only to={only({ targetId: target.id })}>{say('onlyTarget', { id: target.id })}</Only>
        )}
      </p>
    </div>
  );
}

function About({ entry: { action, about } }: Pick<Props, 'entry'>) {
  const say = useTranslations('audit');
  const field = useFieldWord();
  if (action === 'revealed' && about !== null) return <Fact label={say('about')}>{field(about)}</Fact>;
  return <Text label={say('about')} text={about} mono />;
}

function Target({ target }: Pick<ShownEntry, 'target'>) {
  const say = useTranslations('audit');
  if (target?.kind !== 'device' || target.id === null) {
    return (
      <Text label={say('target')} text={target && `${say(`targets.${target.kind}`)} ${target.id ?? ''}`} />
    );
  }
  return (
    <Fact label={say('target')} action={<CopyButton text={target.id} what={say('target')} />}>
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
  const say = useTranslations('audit');
  if (text === null || text === '') {
    return (
      <Fact label={label}>
        <span className="text-quiet">{say('none')}</span>
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
