'use client';

import { EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Fact } from '#components/ui/fact-list.tsx';
import { type Concealed, isConcealed } from '#lib/domain/conceal.ts';

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

/** A secret that this person may see, kept from the eyes of whoever stands beside them until asked for. */
export function SecretFact({ label, value }: Props) {
  const say = useTranslations('device');
  const [shown, setShown] = useState(false);
  if (value === null || isConcealed(value)) return <ValueFact label={label} value={value} />;
  return (
    <Fact label={label} action={shown ? <CopyButton text={String(value)} what={label} /> : null}>
      <span className="identifier">{shown ? value : '••••••'}</span>
      <button
        type="button"
        onClick={() => setShown(!shown)}
        className="ml-2 rounded-sm px-1 text-accent underline underline-offset-2"
        aria-label={`${shown ? say('hide') : say('show')}: ${label}`}
      >
        {shown ? say('hide') : say('show')}
      </button>
    </Fact>
  );
}

export function NoValue({ concealed }: { concealed: boolean }) {
  const say = useTranslations('device');
  if (!concealed) return <span className="text-quiet italic">{say('notSaid')}</span>;
  return (
    <span className="inline-flex items-center gap-1.5 text-quiet" title={say('concealedWhy')}>
      <EyeOff aria-hidden className="size-3.5" />
      {say('concealed')}
    </span>
  );
}
