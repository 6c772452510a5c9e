// `npm run soak`: prints the actions and failures, and ends with 1 after any failure.
import { startPostgres } from '../../lib/testing/databases/postgres-server.ts';
import { memoryError, reportLines } from './report.ts';
import { runSoak } from './run-soak.ts';

const number = (name: string, standard: number) => Number(process.env[name] || standard);
const minutes = number('SOAK_MINUTES', 10);
const say = (line: string) => process.stdout.write(`${line}\n`);

const postgres = await startPostgres();
try {
  const report = await runSoak({
    minutes,
    people: number('SOAK_PEOPLE', 100),
    // A hundred people send sixteen requests per second.
    thinkMs: 6_000,
    killEveryMs: 60_000,
    databaseUrl: await postgres.newDatabase(),
    say,
  });
  for (const line of reportLines(report, minutes)) say(line);
  const failed = report.wrong.length > 0 || memoryError(report.memory, minutes) !== null;
  process.exitCode = failed ? 1 : 0;
} finally {
  await postgres.stop();
}
