'use client';

import { type ReactNode, type SubmitEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { csrfToken } from './csrf-token.ts';

type Props = {
  /** A next-auth address that takes a POST, such as `/api/auth/signin/dingtalk`. */
  action: string;
  fields?: Record<string, string>;
  /** Called just before the form leaves. */
  onSend?: () => void;
  /** `busy`: the button cannot be pressed, because the form is being sent. */
  children: (busy: boolean) => ReactNode;
};

/**
 * A form that next-auth accepts: its token against forged requests is fetched when it is sent, not before.
 */
export function AuthForm({ action, fields = {}, onSend, children }: Props) {
  const t = useTranslations('problem');
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const send = async (event: SubmitEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    const field = form.elements.namedItem('csrfToken');
    if (!(field instanceof HTMLInputElement)) return;
    event.preventDefault();
    setState('busy');
    const token = await csrfToken();
    if (token === null) return setState('failed');
    field.value = token;
    onSend?.();
    form.submit();
  };
  return (
    <form method="post" action={action} onSubmit={send}>
      <input type="hidden" name="csrfToken" defaultValue="" />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children(state === 'busy')}
      {state === 'failed' && (
        <p role="alert" className="mt-1">
          {t('notSent')}
        </p>
      )}
    </form>
  );
}
