'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type SubmitEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { devicePath, MAX_ID_LENGTH } from '#lib/domain/device-ref.ts';
import { readIdentifier } from '#lib/domain/identifier.ts';

type Why = 'empty' | 'length' | 'characters' | 'foreign-link';
type Props = {
  appUrl: string;
  size: 'page' | 'bar';
  /** What was sent before this page could read it by itself, and could not be read. */
  sent?: string;
};

/** One box for everything that names a device. Enter goes; a text that names none says why and is kept. */
export function LookUpBox({ appUrl, size, sent = '' }: Props) {
  const say = useTranslations('lookUp');
  const router = useRouter();
  const box = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Why | null>(() => whyUnreadable(sent, appUrl));
  const ids = useId();
  useSlashFocuses(box);

  const go = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = readIdentifier(box.current?.value ?? '', appUrl);
    if ('problem' in found) {
      setProblem(found.problem);
      box.current?.focus();
      return;
    }
    setProblem(null);
    router.push(devicePath(found.ref) as never);
  };
  const large = size === 'page';
  return (
    <search>
      <form action="/" onSubmit={go} className="relative" noValidate>
        <label htmlFor={ids} className={large ? 'mb-1.5 block font-medium' : 'sr-only'}>
          {large ? say('label') : say('short')}
        </label>
        <div className="flex gap-2">
          <input
            ref={box}
            id={ids}
            name="q"
            defaultValue={sent}
            type="text"
            // biome-ignore lint/a11y/noAutofocus: the box is what this page is for
            autoFocus={large}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="go"
            placeholder={large ? say('placeholder') : say('short')}
            aria-invalid={problem !== null}
            aria-describedby={`${ids}-hint`}
            onChange={() => setProblem(null)}
            className={`min-w-0 flex-1 rounded border border-line-strong bg-surface px-3 text-input placeholder:text-quiet ${
              large ? 'h-12 font-mono' : 'h-8'
            }`}
          />
          {large && (
            <Button type="submit" look="primary" className="h-12 px-5">
              <Search aria-hidden className="size-4" />
              {say('go')}
            </Button>
          )}
        </div>
        <p
          id={`${ids}-hint`}
          role={problem ? 'alert' : undefined}
          className={hintLook(large, problem !== null)}
        >
          {problem ? say(`problems.${problem}`, { max: MAX_ID_LENGTH }) : large && say('hint')}
        </p>
      </form>
    </search>
  );
}

function whyUnreadable(sent: string, appUrl: string): Why | null {
  if (sent === '') return null;
  const found = readIdentifier(sent, appUrl);
  return 'problem' in found ? found.problem : null;
}

function hintLook(large: boolean, isProblem: boolean): string {
  if (large) return `mt-2 ${isProblem ? 'font-medium' : 'text-quiet'}`;
  return isProblem
    ? 'absolute top-full z-10 mt-1 rounded border border-line-strong bg-surface p-2'
    : 'sr-only';
}

/** "/" brings the keyboard to the box from anywhere but another field. */
function useSlashFocuses(box: { current: HTMLInputElement | null }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select');
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [box]);
}
