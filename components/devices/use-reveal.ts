import { useCallback, useEffect, useState } from 'react';
import type { Revealed } from '#lib/api/devices/device-answers.ts';
import type { SecretName } from '#lib/domain/devices/reveal.ts';
import { revealSecret } from '#lib/queries/devices/reveal.ts';
import { type ShownProblem, shownProblem } from '#lib/queries/fetch-json.ts';

/** Where the revealing of one secret stands. `secondsLeft` counts down to the value's going. */
export type Reveal =
  | { step: 'closed' | 'asking' | 'waiting' }
  | { step: 'refused'; problem: ShownProblem }
  | { step: 'shown'; value: string | null; secondsLeft: number };

type Shown = { value: string | null; until: number; steadyUntil: number };

/**
 * Reveals a secret for as long as the server allows. The value is in this component alone: no cache keeps it, and it goes
 * by itself, also while the tab sleeps or is put away.
 */
export function useReveal(secret: SecretName) {
  const [state, setState] = useState<Exclude<Reveal, { step: 'shown' }>>({ step: 'closed' });
  const [shown, setShown] = useState<Shown | null>(null);
  const [secondsLeft, setSecondsLeft] = useState(0);
  const hide = useCallback(() => setShown(null), []);
  useEffect(() => {
    if (!shown) return;
    const tick = () => {
      // The wall clock counts through sleep and may be set back, the steady one does not; whichever says it is over.
      const left = Math.min(shown.until - Date.now(), shown.steadyUntil - performance.now());
      if (left <= 0) hide();
      else setSecondsLeft(Math.ceil(left / 1_000));
    };
    tick();
    const timer = setInterval(tick, 250);
    const putAway = ['freeze', 'pagehide'];
    for (const name of putAway) window.addEventListener(name, hide);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      for (const name of putAway) window.removeEventListener(name, hide);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [shown, hide]);
  const reveal: Reveal = shown ? { step: 'shown', value: shown.value, secondsLeft } : state;
  return {
    reveal,
    open: () => setState({ step: 'asking' }),
    close: () => setState({ step: 'closed' }),
    hide,
    async ask(reason: string) {
      setState({ step: 'waiting' });
      try {
        const { value, hideAfterSeconds }: Revealed = await revealSecret(secret, reason);
        const ms = hideAfterSeconds * 1_000;
        setSecondsLeft(hideAfterSeconds);
        setShown({ value, until: Date.now() + ms, steadyUntil: performance.now() + ms });
        setState({ step: 'closed' });
      } catch (error) {
        setState({ step: 'refused', problem: shownProblem(error as Error) });
      }
    },
  };
}
