'use client';

import { Check } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { BareButton } from '#components/ui/bare-button.tsx';
import { CutText } from '#components/ui/cut-text.tsx';
import { ViewLink } from '#components/ui/view-link.tsx';

/** A value that the list can be narrowed to. `to` is the view with it chosen, or without it when it already is. */
export type FacetOption = {
  key: string;
  /** For eyes; may hold an icon. */
  label: ReactNode;
  /** For ears, hover and the small box. */
  word: string;
  count: number;
  chosen: boolean;
  to: URLSearchParams;
};

type Props = {
  title: string;
  options: FacetOption[];
  /** What a full bar stands for. */
  total: number;
};

const SHOWN_FIRST = 7;
const WORTH_A_BOX = 15;

/** The values of one property with how many have each: the picture of a distribution, its table and its filter in one. */
export function FacetList({ title, options, total }: Props) {
  const t = useTranslations('list');
  const [all, setAll] = useState(false);
  const [text, setText] = useState('');
  const heading = useId();
  if (options.length === 0) return null;
  const like = text.trim().toLowerCase();
  const found = all && like ? options.filter(({ word }) => word.toLowerCase().includes(like)) : options;
  // What is chosen is seen, however few have it.
  const shown = all ? found : options.filter(({ chosen }, index) => chosen || index < SHOWN_FIRST);
  return (
    <section aria-labelledby={heading} className="min-w-0 border-line border-t py-3">
      <h2 id={heading} className="mb-1 font-semibold text-quiet text-small">
        {title}
      </h2>
      {all && options.length > WORTH_A_BOX && (
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={t('findIn', { what: title })}
          placeholder={t('findIn', { what: title })}
          className="mb-1 h-8 w-full rounded border border-line-strong bg-surface px-2 text-input placeholder:text-quiet md:text-base"
        />
      )}
      <ul className={all ? 'max-h-96 overflow-y-auto' : undefined}>
        {shown.map((option) => (
          <FacetRow key={option.key} option={option} total={total} />
        ))}
      </ul>
      {shown.length === 0 && <p className="py-1 text-quiet">{t('nothingIn')}</p>}
      {options.length > SHOWN_FIRST && (
        <BareButton
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="mt-1 min-h-7 rounded-sm px-1.5 text-accent text-small underline underline-offset-2"
        >
          {all ? t('showFewer') : t('showAll', { n: options.length })}
        </BareButton>
      )}
    </section>
  );
}

function FacetRow({ option, total }: { option: FacetOption; total: number }) {
  const t = useTranslations('list');
  const format = useFormatter();
  const { label, word, count, chosen, to } = option;
  const share = total === 0 ? 0 : Math.min(1, count / total);
  const percent = format.number(share, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 });
  return (
    <li>
      <ViewLink
        to={to}
        aria-current={chosen ? 'true' : undefined}
        title={t('shareOf', { what: word, count, percent })}
        className="group grid min-h-7 grid-cols-[minmax(0,1fr)] rounded-sm py-0.5 text-text no-underline *:[grid-area:1/1] hover:bg-sunken"
      >
        <span
          aria-hidden
          className="rounded-sm bg-accent/10 forced-colors:border-b"
          style={{ width: `${share * 100}%` }}
        />
        <span className="flex min-w-0 items-center gap-2 px-1.5">
          <span className={`device-text min-w-0 flex-1 ${chosen ? 'underline underline-offset-4' : ''}`}>
            {typeof label === 'string' ? <CutText text={label} titled={false} /> : label}
          </span>
          {chosen && (
            <Check aria-hidden className="size-3.5 shrink-0 group-hover:hidden group-focus-visible:hidden" />
          )}
          <span
            aria-hidden
            className="hidden shrink-0 text-quiet text-small group-hover:inline group-focus-visible:inline"
          >
            {percent}
          </span>
          <span className="shrink-0 text-right text-quiet">{format.number(count)}</span>
        </span>
      </ViewLink>
    </li>
  );
}
