import type { Heard } from './upstream-health.ts';

/** How many failures are remembered; the ledger has the metered ones for good. */
const KEPT = 20;

/** What this process has heard of DingTalk lately, calls included that no ledger counts, such as for a token. */
export type Health = {
  /** Failed attempts, newest first. */
  failures: Heard[];
  /** When each API was last answered, milliseconds since the epoch. */
  answered: ReadonlyMap<string, number>;
  /** The newest word about DingTalk's clock. */
  clock: { aheadMs: number; at: number } | null;
};

/** Remembers what was heard, as long as the process lives. */
export function createHealth(): { notice(heard: Heard): void; state(): Health } {
  let failures: Heard[] = [];
  const answered = new Map<string, number>();
  let clock: Health['clock'] = null;
  return {
    notice(heard) {
      if (heard.reason === null) answered.set(heard.api, heard.at);
      else failures = [heard, ...failures].slice(0, KEPT);
      // What stands on the way, such as a proxy, has a clock too; a code of DingTalk's or a good answer is its own.
      const isTheirs = heard.reason === null || heard.said.code !== null;
      if (heard.aheadMs !== null && isTheirs) clock = { aheadMs: heard.aheadMs, at: heard.at };
    },
    state: () => ({ failures, answered: new Map(answered), clock }),
  };
}
