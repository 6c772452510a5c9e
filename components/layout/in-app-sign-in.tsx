'use client';

import { LoaderCircle } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { csrfToken } from './csrf-token.ts';
import { type AppInDingTalk, askAuthCode } from './dingtalk-client.ts';
import { hasLeft, markLeft } from './left-by-choice.ts';

type Props = {
  app: AppInDingTalk;
  returnTo: string;
  /** Whether to begin without a press. */
  atOnce: boolean;
};

/** The way in for whoever reads this inside DingTalk's client: without a press, unless they have just signed out. */
export function InAppSignIn({ app: { corpId, clientId }, returnTo, atOnce }: Props) {
  const t = useTranslations('signIn');
  const form = useRef<HTMLFormElement>(null);
  const begun = useRef(false);
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>(atOnce ? 'asking' : 'idle');
  const go = useCallback(async () => {
    setState('asking');
    markLeft(false);
    const [code, token] = await Promise.all([
      askAuthCode({ corpId, clientId }).catch(() => null),
      csrfToken(),
    ]);
    if (!form.current || code === null || token === null) return setState('failed');
    for (const [name, value] of Object.entries({ code, csrfToken: token })) {
      const field = form.current.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    form.current.submit();
  }, [corpId, clientId]);
  useEffect(() => {
    if (!atOnce || begun.current) return;
    begun.current = true;
    if (hasLeft()) setState('idle');
    else void go();
  }, [atOnce, go]);
  return (
    <div className="mb-3">
      <form ref={form} method="post" action="/api/auth/callback/dingtalk-in-app" hidden>
        {['code', 'csrfToken'].map((name) => (
          <input key={name} type="hidden" name={name} defaultValue="" />
        ))}
        <input type="hidden" name="callbackUrl" value={returnTo} />
      </form>
      <Button look="primary" disabled={state === 'asking'} onClick={go} className="min-h-11 w-full">
        {state === 'asking' && <LoaderCircle aria-hidden className="size-4 motion-safe:animate-spin" />}
        {state === 'asking' ? t('waiting') : t('inApp')}
      </Button>
      <p role="status" className="mt-1 min-h-5 text-quiet text-small">
        {state === 'asking' && t('inAppUnderWay')}
        {state === 'failed' && t('inAppFailed')}
      </p>
    </div>
  );
}
