import { expect, test } from './desk.ts';
import { runSoak } from './soak/run-soak.ts';

// A minute of what `npm run soak` does for ten.
test('people are answered rightly while DingTalk fails and a server dies again and again', async ({
  newDatabase,
}) => {
  test.setTimeout(240_000);
  const report = await runSoak({
    minutes: 1,
    people: 40,
    killEveryMs: 18_000,
    databaseUrl: await newDatabase(),
    say: () => undefined,
  });
  expect(report.wrong).toEqual([]);
  expect(report.kills).toBeGreaterThan(1);
  expect(report.spending?.spent).toBeGreaterThan(0);
  expect(report.liveMessages).toBeGreaterThan(0);
  expect(Object.keys(report.sources)).toEqual(expect.arrayContaining(['live', 'last-known']));
});
