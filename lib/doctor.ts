import 'server-only';
import { randomUUID } from 'node:crypto';
import {
  type Config,
  ConfigError,
  readConfig,
  readDatabasePlace,
  secretFilesOf,
  secretsOf,
} from './config.ts';
import { createDingTalk } from './dingtalk/dingtalk.ts';
import { checkingOf } from './doctor-settings.ts';
import { allowanceOf } from './domain/budget.ts';
import type { Clock } from './domain/clock.ts';
import { type DoctorTold, fact } from './domain/doctor.ts';
import { createEgressProxy } from './egress/egress-proxy.ts';
import { versionOf } from './services/doctor/database-steps.ts';
import { examine as walk } from './services/doctor/doctor.ts';
import type { Patient } from './services/doctor/patient.ts';
import { createMeter } from './services/meter.ts';
import { createSealer } from './store/audit-chain.ts';
import type { DatabasePlace } from './store/backup/contents.ts';
import { withInspected } from './store/inspect.ts';
import { openPostgresStore } from './store/postgres.ts';
import { createKeyring } from './store/sealing/keyring.ts';
import { openSqliteStore } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

type Environment = Record<string, string | undefined>;

/** How a desk is looked at; `remembered` is an entry of the audit log that somebody wrote down before. */
export type Examination = Pick<Patient, 'remembered' | 'clock'> & { tell: (told: DoctorTold) => void };

/**
 * Looks at a desk by its environment, which may be running: its configuration, the way to DingTalk and its database. What
 * DingTalk is asked is booked in the desk's own ledger; where that is not to be had, nothing that costs a call is asked.
 * Answers whether all that was looked at is well.
 */
export async function examine(env: Environment, { remembered, clock, tell }: Examination): Promise<boolean> {
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
        ...{ store, place, problems, remembered, clock },
        settings: checking?.settings ?? null,
        sealer: checking?.sealer ?? null,
        secretFiles: secretFilesOf(env),
        checkup: dingtalk?.checkup() ?? null,
        stream: null,
        instanceId: randomUUID(),
      },
      masking(settled, tell),
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
    ...{ store, clock, callsPerSecond: dingtalk.callsPerSecond },
    allowance: allowanceOf(dingtalk.monthlyCalls),
    warn: () => undefined,
  });

/** What is told goes to a terminal and from there anywhere. */
function masking(settled: Config | null, tell: Examination['tell']): Examination['tell'] {
  const secrets = settled === null ? [] : secretsOf(settled);
  const mask = (text: string) => secrets.reduce((all, secret) => all.replaceAll(secret, '•••'), text);
  return (told) => {
    if (told.kind !== 'step') return tell(told);
    const facts = told.facts.map(({ name, values }) =>
      fact(name, Object.fromEntries(Object.entries(values).map(([key, value]) => [key, mask(value)]))),
    );
    const proof = told.proof.map((each) => ({ ...each, message: each.message && mask(each.message) }));
    tell({ ...told, facts, proof });
  };
}
