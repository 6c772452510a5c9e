'use client';

import { Trouble } from '#components/access/account-error.tsx';

/** The part of a mutation that tells what went wrong. */
export type FormFailure = { error: Error | null; isPending: boolean; reset: () => void };

/** What went wrong with what a form sent, below the form; what was typed stays in it. */
export function FormTrouble({ trouble: { error, isPending, reset } }: { trouble: FormFailure }) {
  return error ? (
    <div className="mt-3">
      <Trouble error={error} busy={isPending} onRetry={reset} />
    </div>
  ) : null;
}
