'use client';

import { FromTo } from '#components/devices/changed-value.tsx';
import type { ShownDifference } from '#lib/api/history/history-answers.ts';

type Props = {
  differs: ShownDifference[];
  /** What a field is called. */
  word: (field: string) => string;
};

/** Fields with what they were and what they became. */
export function FieldDifferences({ differs, word }: Props) {
  return (
    <ul className="divide-y divide-line">
      {differs.map(({ field, from, to }, place) => (
        // Two fields may look alike to somebody who may not see whose they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
        <li key={place} className="grid gap-x-4 py-1.5 sm:grid-cols-[14rem_minmax(0,1fr)]">
          <span className="device-text font-medium">{word(field)}</span>
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <FromTo field={field} from={from} to={to} />
          </span>
        </li>
      ))}
    </ul>
  );
}
