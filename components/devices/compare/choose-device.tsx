'use client';

import { type SubmitEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { FindField } from '#components/search/find-field.tsx';
import { FindNotice, FindStatus } from '#components/search/find-notice.tsx';
import { FindRefused } from '#components/search/find-refused.tsx';
import { OptionList } from '#components/search/option-list.tsx';
import { useFind } from '#components/search/use-find.ts';
import { Button } from '#components/ui/button.tsx';

type Props = {
  /** What the box is for, such as "The first device". */
  label: string;
  /** The comparison with this device in the place. */
  to: (id: string) => string;
  /** Whether there is one already: the box opens at a press then. */
  chosen: boolean;
};

/** A box that takes whatever the look-up takes, and puts the device that it names into the comparison. */
export function ChooseDevice({ chosen, ...rest }: Props) {
  const t = useTranslations('compare');
  const [open, setOpen] = useState(!chosen);
  return (
    <div className="mt-2">
      {chosen && (
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('another')}
          <span className="sr-only">: {rest.label}</span>
        </Button>
      )}
      {open && <Box {...rest} autoFocus={chosen} />}
    </div>
  );
}

function Box({ label, to, autoFocus }: Omit<Props, 'chosen'> & { autoFocus: boolean }) {
  const id = useId();
  const search = useTranslations('search');
  const lead = (path: string) => {
    const [, named] = /^\/devices\/(?:union\/)?([^/?#]+)$/.exec(path) ?? [];
    return named === undefined ? null : to(decodeURIComponent(named));
  };
  const find = useFind({ sent: '', pinsAndRecents: null, lead });
  const go = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void find.enter(false);
  };
  return (
    <form onSubmit={go} noValidate className="mt-2">
      <label htmlFor={id} className="text-quiet text-small">
        {label}
      </label>
      <div className="flex">
        <FindField
          id={id}
          find={find}
          autoFocus={autoFocus}
          placeholder={search('placeholder')}
          className="h-10 rounded border border-line-strong bg-surface px-3 py-[7px]"
        />
      </div>
      <FindRefused id={id} find={find} className="mt-1" />
      <FindStatus find={find} />
      <OptionList id={id} find={find} />
      <FindNotice find={find} />
    </form>
  );
}
