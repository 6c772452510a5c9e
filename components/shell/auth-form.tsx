'use client';

import { type ReactNode, type SubmitEvent, useState } from 'react';

type Props = {
  /** A next-auth address that takes a POST, such as `/api/auth/signin/dingtalk`. */
  action: string;
  fields?: Record<string, string>;
  children: (busy: boolean) => ReactNode;
};

/** A form that next-auth accepts: its token against forged requests is fetched when it is sent, not before. */
export function AuthForm({ action, fields = {}, children }: Props) {
  const [busy, setBusy] = useState(false);
  const send = async (event: SubmitEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    const token = form.elements.namedItem('csrfToken');
    if (!(token instanceof HTMLInputElement) || token.value !== '') return;
    event.preventDefault();
    setBusy(true);
    try {
      const response = await fetch('/api/auth/csrf');
      token.value = ((await response.json()) as { csrfToken: string }).csrfToken;
      form.submit();
    } catch {
      setBusy(false);
    }
  };
  return (
    <form method="post" action={action} onSubmit={send}>
      <input type="hidden" name="csrfToken" defaultValue="" />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children(busy)}
    </form>
  );
}
