'use client';

import { type SubmitEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { MAX_TOKEN_NAME, TOKEN_DAYS } from '#lib/domain/access/api-token.ts';
import { ROLES, type Role } from '#lib/domain/access/operator.ts';

type Props = {
  busy: boolean;
  onMake: (asked: { name: string; role: Role; days: number }) => Promise<unknown>;
};

const FIELD = 'h-9 w-full rounded border border-line-strong bg-surface px-2 text-input md:text-base';

/** What a new token is for, what it may do and for how long. */
export function TokenForm({ busy, onMake }: Props) {
  const t = useTranslations('tokens');
  const roles = useTranslations('role');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState('90');
  const id = useId();
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Trouble is shown from the mutation's own state; what was typed stays then.
    if (!busy)
      onMake({ name: name.trim(), role, days: Number(days) }).then(
        () => setName(''),
        () => undefined,
      );
  };
  return (
    <form
      onSubmit={send}
      className="grid max-w-[52rem] gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,1fr)_9rem_8rem_auto]"
    >
      <div>
        <label htmlFor={`${id}-name`} className="mb-1 block font-medium text-small">
          {t('name')}
        </label>
        <input
          id={`${id}-name`}
          className={FIELD}
          value={name}
          onChange={({ target }) => setName(target.value)}
          required
          pattern=".*\S.*"
          maxLength={MAX_TOKEN_NAME}
          autoComplete="off"
          placeholder={t('nameExample')}
        />
      </div>
      <div>
        <label htmlFor={`${id}-role`} className="mb-1 block font-medium text-small">
          {t('role')}
        </label>
        <select
          id={`${id}-role`}
          className={FIELD}
          value={role}
          onChange={({ target }) => setRole(ROLES.find((each) => each === target.value) ?? 'viewer')}
        >
          {ROLES.map((each) => (
            <option key={each} value={each}>
              {roles(each)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor={`${id}-days`} className="mb-1 block font-medium text-small">
          {t('days')}
        </label>
        <input
          id={`${id}-days`}
          className={FIELD}
          type="number"
          inputMode="numeric"
          required
          min={TOKEN_DAYS.least}
          max={TOKEN_DAYS.most}
          value={days}
          onChange={({ target }) => setDays(target.value)}
        />
      </div>
      <Button type="submit" look="primary" aria-disabled={busy} className="min-h-9 self-end">
        {t('makeDo')}
      </Button>
    </form>
  );
}
