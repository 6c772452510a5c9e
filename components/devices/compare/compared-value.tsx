'use client';

import { ChangedValue } from '#components/devices/changed-value.tsx';
import { NoValue } from '#components/devices/shown-value.tsx';
import { isConcealed } from '#lib/domain/devices/conceal.ts';
import { useValueText } from './use-value-text.ts';

/** A value of one of two devices, in the words of its own page. */
export function ComparedValue({ field, value }: { field: string; value: unknown }) {
  const text = useValueText()(field, value);
  if (value === null || value === undefined || isConcealed(value)) {
    return <NoValue concealed={isConcealed(value)} />;
  }
  return text === null ? <ChangedValue field={field} value={value} /> : <span>{text}</span>;
}
