/**
 * `forget-person [--yes] subject`, as `npm run forget-person` calls it. Reads where the database is and AUTH_SECRET from the
 * same environment and `.env` files as the server.
 */
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import nextEnvironment from '@next/env';
import { ConfigError, ownEnvironment, readBackupSettings } from '#lib/config/config.ts';
import { forgetPerson } from '#lib/store/access/forget-person.ts';
import { createSealer } from '#lib/store/audit/audit-chain.ts';
import { NoDatabase, withInspected } from '#lib/store/inspect.ts';
import { NEWEST_MIGRATION } from '#lib/store/migrations/migrations.ts';

const printLine = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (...words: unknown[]) => void process.stderr.write(`${words.join(' ')}\n`);

class Refused extends Error {}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { yes: { type: 'boolean', default: false } },
  });
  const [subject] = positionals;
  if (!subject || !/^[a-z]+:./.test(subject)) {
    throw new Refused(
      'Name the person as the audit log does, such as dingtalk:<union id> or oidc:<issuer>#<sub>.',
    );
  }
  nextEnvironment.loadEnvConfig(process.cwd(), false, { info: () => undefined, error: complain });
  const { place, authSecret, previousSecrets } = readBackupSettings();
  if (subject === `dingtalk:${ownEnvironment().DINGTALK_OPERATOR_UNION_ID}`) {
    throw new Refused('DINGTALK_OPERATOR_UNION_ID still names this person: set another operator first.');
  }
  const migrations = await withInspected(place, (database) => database.migrations());
  if (migrations.at(-1) !== NEWEST_MIGRATION) {
    throw new Refused('The database is of another version of Rooms Desk: start this one on it first.');
  }
  const { pseudonym, rows, auditEntries } = await forgetPerson(place, {
    subject,
    sealer: createSealer(authSecret, previousSecrets),
    nowMs: Date.now(),
    userName: userName(),
    dryRun: !values.yes,
  });
  printLine(
    values.yes
      ? `The person is now ${pseudonym.subject}, "${pseudonym.name}".`
      : 'Nothing was changed. With --yes:',
  );
  for (const [what, count] of Object.entries(rows)) printLine(`  ${what}: ${count}`);
  printLine(
    `The audit log keeps ${auditEntries} entries that name the person. Raw answers, events and backups are not searched.`,
  );
}

function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a user that has no name.
    return null;
  }
}

function troubleOf(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.join('\n');
  if (error instanceof NoDatabase) return 'There is no database yet.';
  if (!(error instanceof Error)) return String(error);
  const isPlain = error instanceof Refused || /^PostgreSQL|^This database/.test(error.message);
  return isPlain ? error.message : (error.stack ?? error.message);
}

process.umask(0o077);
try {
  await run();
} catch (error) {
  complain(troubleOf(error));
  process.exitCode = 1;
}
