'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { BareButton } from '#components/ui/bare-button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Fact } from '#components/ui/fact-list.tsx';
import { ProblemPanel } from '#components/ui/problem-panel.tsx';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { HIDE_AFTER_SECONDS, type SecretField, type SecretName } from '#lib/domain/devices/reveal.ts';
import { ReasonForm } from './reason-form.tsx';
import { NoValue } from './shown-value.tsx';
import { type Reveal, useReveal } from './use-reveal.ts';

/** Who may have a secret revealed: nobody on this page, somebody else, or the reader, of the device of that name. */
export type Revealing = { ref: DeviceRef } | 'not-then' | 'not-by-role';

type FactProps = { label: string; field: SecretField; revealing: Revealing };

/** A secret of the unit: concealed, with the way to it for whoever may. */
export function SecretFact({ label, field, revealing }: FactProps) {
  return (
    <Fact label={label}>
      <SecretValue label={label} field={field} controller={null} revealing={revealing} />
    </Fact>
  );
}

type Props = FactProps & Pick<SecretName, 'controller'>;

/** A secret where its label stands already. */
export function SecretValue({ label, field, controller, revealing }: Props) {
  const t = useTranslations('device');
  if (revealing === 'not-by-role') return <NoValue concealed />;
  if (revealing === 'not-then') return <NoValue concealed why={t('reveal.notThen')} />;
  const { ref } = revealing;
  // What was revealed of one is never left standing where another has taken its place.
  const key = JSON.stringify([ref.by, ref.id, field, controller]);
  return <RevealedValue key={key} label={label} secret={{ ref, field, controller }} />;
}

function RevealedValue({ label, secret }: { label: string; secret: SecretName }) {
  const t = useTranslations('device.reveal');
  const { reveal, open, close, hide, ask } = useReveal(secret);
  const show = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLSpanElement>(null);
  useFocusKept(reveal.step, box, show);
  const closed = reveal.step === 'closed';
  return (
    <span ref={box} className="block min-w-0 flex-1">
      <output className="sr-only" aria-live="polite">
        <Said reveal={reveal} label={label} />
      </output>
      {reveal.step === 'shown' ? (
        <ShownSecret label={label} value={reveal.value} secondsLeft={reveal.secondsLeft} onHide={hide} />
      ) : (
        <>
          <span aria-hidden className="identifier">
            ••••••
          </span>
          <BareButton
            ref={show}
            type="button"
            aria-expanded={!closed}
            onClick={closed ? open : close}
            className="ml-2 rounded-sm px-1 text-accent underline underline-offset-2"
            aria-label={t('showWhat', { what: label })}
          >
            {t('show')}
          </BareButton>
        </>
      )}
      {(reveal.step === 'asking' || reveal.step === 'waiting') && (
        <ReasonForm label={label} busy={reveal.step === 'waiting'} onAsk={ask} onCancel={close} />
      )}
      {reveal.step === 'refused' && (
        <span className="mt-2 block">
          <ProblemPanel problem={reveal.problem} />
        </span>
      )}
    </span>
  );
}

type ShownProps = { label: string; value: string | null; secondsLeft: number; onHide: () => void };

function ShownSecret({ label, value, secondsLeft, onHide }: ShownProps) {
  const t = useTranslations('device.reveal');
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {value === null ? (
        <NoValue concealed={false} />
      ) : (
        <span className="identifier font-medium">{value}</span>
      )}
      {value !== null && <CopyButton text={value} what={label} />}
      <BareButton
        onClick={onHide}
        className="rounded-sm px-1 text-accent underline underline-offset-2"
        aria-label={t('hideWhat', { what: label })}
      >
        {t('hide')}
      </BareButton>
      <span aria-hidden className="text-quiet text-small tabular-nums">
        {t('secondsLeft', { n: secondsLeft })}
      </span>
    </span>
  );
}

/** What those hear who do not see the value come and go. */
function Said({ reveal, label }: { reveal: Reveal; label: string }) {
  const t = useTranslations('device.reveal');
  const wasShown = useRef(false);
  useEffect(() => {
    if (reveal.step === 'shown') wasShown.current = true;
    if (reveal.step === 'asking') wasShown.current = false;
  }, [reveal.step]);
  if (reveal.step === 'shown') return t('shownFor', { what: label, n: HIDE_AFTER_SECONDS });
  return reveal.step === 'closed' && wasShown.current ? t('hidden', { what: label }) : null;
}

/** The keyboard stays with the secret when what it stood on goes. */
function useFocusKept(
  step: Reveal['step'],
  box: RefObject<HTMLElement | null>,
  show: RefObject<HTMLElement | null>,
) {
  const before = useRef(step);
  useEffect(() => {
    const was = before.current;
    before.current = step;
    if (was === step) return;
    const isLost = document.activeElement === document.body;
    if (step === 'shown') box.current?.querySelector<HTMLElement>('button:last-of-type')?.focus();
    else if (step === 'closed' && isLost && was !== 'closed') show.current?.focus();
    else if (step === 'refused') show.current?.focus();
  }, [step, box, show]);
}
