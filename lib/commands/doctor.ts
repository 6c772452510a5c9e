import 'server-only';
import { randomUUID } from 'node:crypto';
import {
  type Config,
  ConfigError,
  readConfig,
  readDatabasePlace,
  secretFilesOf,
  secretsOf,
} from '#lib/config/config.ts';
import { checkingOf } from '#lib/config/doctor-settings.ts';
import { createDingTalk } from '#lib/dingtalk/dingtalk.ts';
import { allowanceOf } from '#lib/domain/budget/budget.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { fact, type HealthCheckOutput } from '#lib/domain/diagnostics/doctor.ts';
import { createEgressProxy } from '#lib/egress/egress-proxy.ts';
import { createMeter } from '#lib/services/budget/meter.ts';
import { versionOf } from '#lib/services/diagnostics/database-steps.ts';
import type { DiagnosticContext } from '#lib/services/diagnostics/diagnostic-context.ts';
import { examine as walk } from '#lib/services/diagnostics/doctor.ts';
import { createSealer } from '#lib/store/audit/audit-chain.ts';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import { withInspected } from '#lib/store/inspect.ts';
import { openPostgresStore } from '#lib/store/postgres.ts';
import { createKeyring } from '#lib/store/sealing/keyring.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import type { Store } from '#lib/store/store.ts';

type Environment = Record<string, string | undefined>;

/** How a desk is looked at; `remembered` is an entry of the audit log that somebody wrote down before. */
export type Examination = Pick<DiagnosticContext, 'remembered' | 'clock'> & {
  report: (output: HealthCheckOutput) => void;
};

/**
 * Looks at a desk by its environment, which may be running: its configuration, the way to DingTalk and its database. What
 * DingTalk is asked is booked in the desk's own ledger; where that is not to be had, nothing that costs a call is asked.
 * Answers whether all that was looked at is well.
 */
export async function examine(
  env: Environment,
  { remembered, clock, report }: Examination,
): Promise<boolean> {
  const { settled, problems } = configurationOf(env);
  const place = settled ?? placeOf(env);
  const store = settled && (await openIfCurrent(settled));
  const meter = settled && store && meterOf(settled, store, clock);
  const dingtalk =
    settled &&
    createDingTalk({
      ...settled.dingtalk,
      clock,
      random: Math.random,
      proxy: settled.egress && createEgressProxy(settled.egress),
      ...(meter ? { meter } : {}),
    });
  const checking = settled && checkingOf(settled, createSealer(settled.authSecret, settled.previousSecrets));
  try {
    return await walk(
      {
        store,
        place,
        problems,
        remembered,
        clock,
        settings: checking?.settings ?? null,
        sealer: checking?.sealer ?? null,
        secretFiles: secretFilesOf(env),
        checkup: dingtalk?.checkup() ?? null,
        stream: null,
        instanceId: randomUUID(),
      },
      masking(settled, report),
    );
  } finally {
    await dingtalk?.close();
    await meter?.settled();
    await store?.close();
  }
}

function configurationOf(env: Environment): { settled: Config | null; problems: string[] } {
  try {
    return { settled: readConfig(env), problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { settled: null, problems: error.problems };
  }
}

function placeOf(env: Environment): DatabasePlace | null {
  try {
    return readDatabasePlace(env);
  } catch {
    return null;
  }
}

const keyringOf = ({ authSecret, previousSecrets }: Config) => createKeyring(authSecret, previousSecrets);

/** A store would bring its tables up to date when it is opened, and a doctor changes nothing. */
async function openIfCurrent(settled: Config): Promise<Store | null> {
  const { databaseUrl, dataDir } = settled;
  try {
    const { missing, unknown } = await withInspected({ databaseUrl, dataDir }, async (database) =>
      versionOf(await database.migrations()),
    );
    if (missing.length > 0 || unknown !== undefined) return null;
    return databaseUrl === null
      ? await openSqliteStore(dataDir, keyringOf(settled))
      : await openPostgresStore(databaseUrl, keyringOf(settled));
  } catch {
    // Why not is what the step of the database says.
    return null;
  }
}

const meterOf = ({ dingtalk }: Config, store: Store, clock: Clock) =>
  createMeter({
    store,
    clock,
    callsPerSecond: dingtalk.callsPerSecond,
    allowance: allowanceOf(dingtalk.monthlyCalls),
    warn: () => undefined,
  });

/** Masks secrets, because the output goes to a terminal and from there anywhere. */
function masking(settled: Config | null, report: Examination['report']): Examination['report'] {
  const secrets = settled === null ? [] : secretsOf(settled);
  const mask = (text: string) => secrets.reduce((all, secret) => all.replaceAll(secret, '•••'), text);
  return (output) => {
    if (output.kind !== 'step') return report(output);
    const facts = output.facts.map(({ name, values }) =>
      fact(name, Object.fromEntries(Object.entries(values).map(([key, value]) => [key, mask(value)]))),
    );
    const proof = output.proof.map((each) => ({ ...each, message: each.message && mask(each.message) }));
    report({ ...output, facts, proof });
  };
}
