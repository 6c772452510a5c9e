'use client';

import { EyeOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Fact } from '#components/ui/fact-list.tsx';
import { type Concealed, isConcealed } from '#lib/domain/devices/conceal.ts';

type Value = string | number | null | Concealed;
type Props = { label: string; value: Value; mono?: boolean };

/** A fact of a device with a button that copies it; says so plainly when it was not said or may not be seen. */
export function ValueFact({ label, value, mono = false }: Props) {
  const text = typeof value === 'number' ? String(value) : value;
  if (text === null || isConcealed(text)) {
    return (
      <Fact label={label}>
        <NoValue concealed={text !== null} />
      </Fact>
    );
  }
  return (
    <Fact label={label} action={<CopyButton text={text} what={label} />}>
      <span className={mono ? 'identifier' : 'device-text'}>{text}</span>
    </Fact>
  );
}

/** Stands where a value is that does not leave the server with the page; `why` says whether it can be had. */
export function NoValue({ concealed, why }: { concealed: boolean; why?: string }) {
  const t = useTranslations('device');
  if (!concealed) return <span className="text-quiet italic">{t('notSaid')}</span>;
  return (
    <span className="inline-flex items-center gap-1.5 text-quiet" title={why ?? t('concealedWhy')}>
      <EyeOff aria-hidden className="size-3.5" />
      {t('concealed')}
    </span>
  );
}
