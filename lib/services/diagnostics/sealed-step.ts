import { setImmediate } from 'node:timers/promises';
import { fact } from '#lib/domain/diagnostics/doctor.ts';
import type { SealedPlace } from '#lib/store/sealing/sealing.ts';
import type { Step } from './run-steps.ts';

/** Whether what rooms keep secret is sealed with the current AUTH_SECRET, so that earlier ones are needed no more. */
export const SEALED: Step = {
  name: 'sealed',
  needs: ['database'],
  lacks: ({ context }) => (context.store === null ? 'database' : undefined),
  async run({ context: { store } }) {
    if (store === null) throw new Error('A step was looked at without what it needs.');
    let [due, foreign] = [0, 0];
    let place: SealedPlace | null = null;
    do {
      const step = await store.findUnsealed(place);
      due += step.due;
      foreign += step.foreign;
      place = step.next;
      // The server answers people between two steps.
      await setImmediate();
    } while (place !== null);
    if (foreign > 0) {
      const facts = [fact('sealed-foreign', { rows: foreign })];
      return { state: 'failed', trouble: 'secret-unknown', facts, isInTheWay: false };
    }
    if (due > 0) {
      const facts = [fact('sealed-due', { rows: due })];
      return { state: 'failed', trouble: 'values-unsealed', facts, isInTheWay: false };
    }
    return { state: 'ok', facts: [fact('sealed-all')] };
  },
};
