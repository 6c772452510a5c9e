import type { UpstreamOutcome } from './upstream-health.ts';

/** How many failures are remembered; the ledger has the metered ones for good. */
const KEPT = 20;

/** How DingTalk answered this process lately, calls included that no ledger counts, such as for a token. */
export type Health = {
  /** Failed attempts, newest first. */
  failures: UpstreamOutcome[];
  /** When each API was last answered, milliseconds since the epoch. */
  answered: ReadonlyMap<string, number>;
  /** The newest comparison with DingTalk's clock. */
  clock: { aheadMs: number; at: number } | null;
};

/** Keeps the outcomes of calls for the life of the process. */
export function createHealth(): { record(outcome: UpstreamOutcome): void; state(): Health } {
  let failures: UpstreamOutcome[] = [];
  const answered = new Map<string, number>();
  let clock: Health['clock'] = null;
  return {
    record(outcome) {
      if (outcome.reason === null) answered.set(outcome.api, outcome.at);
      else failures = [outcome, ...failures].slice(0, KEPT);
      // What stands on the way, such as a proxy, has a clock too; a code of DingTalk's or a good answer is its own.
      const isTheirs = outcome.reason === null || outcome.said.code !== null;
      if (outcome.aheadMs !== null && isTheirs) clock = { aheadMs: outcome.aheadMs, at: outcome.at };
    },
    state: () => ({ failures, answered: new Map(answered), clock }),
  };
}
