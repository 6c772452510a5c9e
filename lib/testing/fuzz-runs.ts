/**
 * How many cases a generated test tries: `short` in `npm test`, and as many as FUZZ_RUNS says where somebody asks for
 * more, as `npm run fuzz` does for every test that calls this.
 */
export const fuzzRuns = (short: number): number => Number(process.env.FUZZ_RUNS ?? short);
