import type { FaultKind } from './fault-kind.ts';
import { REFUSAL_FAULTS } from './refusal-faults.ts';
import { SPOILING_FAULTS } from './spoiling-faults.ts';
import { WIRE_FAULTS } from './wire-faults.ts';

/** Applied immediately, because nothing can call a closed listener. */
export const REFUSE = 'refuse';

/** Every fault kind by name. */
export const FAULT_KINDS: Record<string, FaultKind> = {
  [REFUSE]: {
    meaning: 'connections are refused at once and for a while, whatever the path',
    args: { seconds: 5 },
    counted: 'no',
  },
  ...WIRE_FAULTS,
  ...SPOILING_FAULTS,
  ...REFUSAL_FAULTS,
};
