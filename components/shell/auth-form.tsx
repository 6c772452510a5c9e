'use client';

import { type ReactNode, type SubmitEvent, useState } from 'react';
import { useTranslations } from 'use-intl';

type Props = {
  /** A next-auth address that takes a POST, such as `/api/auth/signin/dingtalk`. */
  action: string;
  fields?: Record<string, string>;
  children: (busy: boolean) => ReactNode;
};

/** A form that next-auth accepts: its token against forged requests is fetched when it is sent, not before. */
export function AuthForm({ action, fields = {}, children }: Props) {
  const say = useTranslations('problem');
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
          {say('notSent')}
        </p>
      )}
    </form>
  );
}

/** next-auth's token, or null when this desk does not answer. */
async function csrfToken(): Promise<string | null> {
  try {
    const response = await fetch('/api/auth/csrf');
    const body = (await response.json()) as { csrfToken?: unknown };
    return response.ok && typeof body.csrfToken === 'string' ? body.csrfToken : null;
  } catch {
    return null;
  }
}
