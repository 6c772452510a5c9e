import { expect, test } from '../support/app.ts';
import { runSoak } from './run-soak.ts';

// A short form of `npm run soak`, with as many requests as in one of its ten minutes.
test('answers are correct while DingTalk fails and one of two servers is killed repeatedly', async ({
  newDatabase,
}) => {
  const report = await runSoak({
    minutes: 0.4,
    people: 40,
    thinkMs: 4_000,
    killEveryMs: 9_000,
    databaseUrl: await newDatabase(),
    say: () => undefined,
  });
  expect(report.wrong).toEqual([]);
  expect(report.kills).toBeGreaterThan(1);
  expect(report.spending?.spent).toBeGreaterThan(0);
  expect(report.liveMessages).toBeGreaterThan(0);
  expect(Object.keys(report.sources)).toEqual(expect.arrayContaining(['live', 'last-known']));
});
