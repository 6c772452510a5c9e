import type { Clock } from '#lib/domain/clock.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { StreamState } from '#lib/domain/events/stream-state.ts';
import type { Tally } from './stream-intake.ts';

/** The state of a stream; `onState` is called when it changes. */
export function createStreamStatus(
  clock: Clock,
  tally: () => Tally,
  onState: (state: StreamState) => void = () => {},
) {
  let lastHeardAt: number | null = null;
  let connectionsMade = 0;
  let now: Pick<StreamState, 'state' | 'since' | 'retryAt' | 'problem'> = {
    state: 'connecting',
    since: clock.now(),
    retryAt: null,
    problem: null,
  };

  const state = (): StreamState => ({ ...now, lastHeardAt, connectionsMade, ...tally() });

  function set(next: StreamState['state'], problem: ErrorReason | null, retryAt: number | null = null) {
    now = { state: next, since: next === now.state ? now.since : clock.now(), retryAt, problem };
    onState(state());
  }

  return {
    state,
    set,
    received() {
      lastHeardAt = clock.now();
    },
    opened() {
      connectionsMade += 1;
      set('open', null);
    },
  };
}
