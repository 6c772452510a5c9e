/**
 * The number of cases of a generated test: `short` in `npm test`, or FUZZ_RUNS, which `npm run fuzz` sets for every test
 * that calls this.
 * @param most an upper bound for tests whose cases cost tens of milliseconds each
 */
export const fuzzRuns = (short: number, most = Number.POSITIVE_INFINITY): number =>
  process.env.FUZZ_RUNS ? Math.min(Number(process.env.FUZZ_RUNS), most) : short;

/** The time limit of a generated test that needs one of its own: `shortMs` in `npm test`, an hour with FUZZ_RUNS. */
export const fuzzLimitMs = (shortMs: number): number => (process.env.FUZZ_RUNS ? 3_600_000 : shortMs);
