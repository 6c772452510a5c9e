import 'server-only';
import { type Config, ConfigError, readConfig, readDatabasePlace } from './config.ts';
import type { ChainFault } from './domain/audit-check.ts';
import { type AuditFound, checkAudit } from './services/check-audit.ts';
import { createSealer } from './store/audit-chain.ts';
import type { DatabasePlace } from './store/backup/contents.ts';
import { type Inspected, KNOWN_MIGRATIONS, NoDatabase, withInspected } from './store/inspect.ts';

/** What one step found: that all is well, or what is not and whose move it is. */
export type Diagnosis = { step: string; says: string } & ({ ok: true } | { ok: false; cure: string });

/** What a step may look at; null for what an earlier step could not open, which it has said. */
export type Patient = {
  config: Config | null;
  database: Inspected | null;
  /** An entry of the audit log that somebody wrote down before. */
  remembered: { seq: number; hash: string } | null;
  now: () => number;
};

type Finding = { says: string; cure?: string };

/** One thing to look at. `needs`: what must be open for it; without that the step is left out. */
type Step = {
  name: string;
  needs: 'config' | 'database' | 'both';
  look: (patient: Patient) => Promise<Finding>;
};

/** In the order in which they are looked at: what comes first explains what comes after. */
const STEPS: Step[] = [
  { name: 'Version', needs: 'database', look: lookAtVersion },
  { name: 'Clock', needs: 'database', look: lookAtClock },
  { name: 'Audit log', needs: 'both', look: lookAtAudit },
];

/** Looks at a desk's configuration and database, step by step, without changing anything. A desk may be running. */
export async function examine(
  env: Record<string, string | undefined>,
  options: Pick<Patient, 'remembered' | 'now'> & { tell: (diagnosis: Diagnosis) => void },
): Promise<boolean> {
  let well = true;
  const tell = (step: string, { says, cure }: Finding) => {
    if (cure !== undefined) well = false;
    options.tell({ step, says, ...(cure === undefined ? { ok: true } : { ok: false, cure }) });
  };
  const config = readOr(
    () => readConfig(env),
    (finding) => tell('Configuration', finding),
  );
  if (config) tell('Configuration', { says: `read; the address is ${config.appUrl}` });
  const place =
    config ??
    readOr(
      () => readDatabasePlace(env),
      () => undefined,
    );
  if (place) await lookInside(place, { ...options, config }, tell);
  return well;
}

function readOr<T>(read: () => T, tell: (finding: Finding) => void): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const cure = 'Set what is named here in the environment or in .env; README.md has the table.';
    tell({ says: error.problems.join('\n'), cure });
    return null;
  }
}

async function lookInside(
  place: DatabasePlace,
  patient: Omit<Patient, 'database'>,
  tell: (step: string, finding: Finding) => void,
): Promise<void> {
  let opened = false;
  try {
    await withInspected(place, async (database) => {
      await database.nowMs();
      opened = true;
      tell('Database', { says: `${database.engine} answers` });
      for (const { name, needs, look } of STEPS) {
        if (needs === 'both' && !patient.config) continue;
        tell(name, await look({ ...patient, database }));
      }
    });
  } catch (error) {
    if (opened) throw error;
    tell('Database', closedDatabase(place, error));
  }
}

function closedDatabase({ databaseUrl, dataDir }: DatabasePlace, error: unknown): Finding {
  if (error instanceof NoDatabase) {
    const cure = 'Start the desk once, which makes it; or set DATA_DIR to where the database is.';
    return { says: `there is none in ${dataDir}`, cure };
  }
  const says = error instanceof Error ? error.message : String(error);
  const cure =
    databaseUrl === null
      ? 'Whoever runs this must be able to read the file in DATA_DIR.'
      : 'See that the server runs and that DATABASE_URL names it, its user and its password.';
  return { says, cure };
}

async function lookAtVersion({ database }: Patient): Promise<Finding> {
  const found = (await database?.migrations()) ?? [];
  const unknown = found.filter((name) => !KNOWN_MIGRATIONS.includes(name));
  if (unknown.length > 0) {
    const cure = 'Use that version: an older one may not understand what it wrote.';
    return { says: `the database is of a newer version of Rooms Desk (${unknown.at(-1)})`, cure };
  }
  const missing = KNOWN_MIGRATIONS.filter((name) => !found.includes(name));
  if (missing.length === 0) return { says: `the database is up to date (${found.at(-1)})` };
  const cure = 'Make a backup and start the desk of this version, which brings it up to date.';
  return { says: `the database is older than this version: ${missing.join(', ')} missing`, cure };
}

/** Leases and rates go by the database's clock, ages by the server's: a second is noise, more is a clock that is wrong. */
const MOST_APART_MS = 5_000;

async function lookAtClock({ database, now }: Patient): Promise<Finding> {
  const before = now();
  const theirs = (await database?.nowMs()) ?? before;
  const apart = Math.round(theirs - (before + now()) / 2);
  const says = `the database’s clock is ${Math.abs(apart)} ms ${apart < 0 ? 'behind' : 'ahead of'} this machine’s`;
  if (Math.abs(apart) <= MOST_APART_MS) return { says };
  return { says, cure: 'Let both machines keep time by NTP (timedatectl status shows whether they do).' };
}

const MEANS: Record<ChainFault, { says: string; cure: string }> = {
  missing: {
    says: 'is missing: it, or it and others after it, were taken out',
    cure: 'Look who can write to the database, keep it as it is for an inquiry, and compare with a backup.',
  },
  altered: {
    says: 'is not as it was written, or the one before it is not',
    cure: 'Look who can write to the database, keep it as it is for an inquiry, and compare with a backup.',
  },
  forged: {
    says: 'was not written by this desk: its seal is not of AUTH_SECRET',
    cure: 'Look who can write to the database, keep it as it is for an inquiry, and compare with a backup.',
  },
  unsealed: {
    says: 'and all after it are sealed with another AUTH_SECRET',
    cure:
      'If AUTH_SECRET was changed, sign in at the desk once and run this again: the next entry vouches for those before ' +
      'it. If it was not, somebody who does not know it has written the log.',
  },
};

async function lookAtAudit({ database, config, remembered }: Patient): Promise<Finding> {
  if (!database || !config) return { says: 'not looked at' };
  if (!(await database.migrations()).includes('0014-audit')) return { says: 'this database has none yet' };
  const found = await checkAudit(database, createSealer(config.authSecret), remembered);
  if (found.broken) {
    const { says, cure } = MEANS[found.broken.fault];
    return { says: `entry ${found.broken.seq} ${says}`, cure };
  }
  if (found.remembered === false) {
    return {
      says: `entry ${remembered?.seq} is not the one that was remembered`,
      cure: 'The log was cut or written anew, or the database was restored from a backup of before: find out which.',
    };
  }
  return { says: wholeChain(found) };
}

function wholeChain({ entries, head, keyChanges, remembered }: AuditFound): string {
  if (!head) return 'no entry yet';
  const changes = keyChanges.map(({ seq, at }) => `entry ${seq} of ${new Date(at).toISOString()}`);
  return [
    `${entries.toLocaleString('en')} entries, whole; the newest is ${head.seq}:${head.hash.slice(0, 16)}`,
    ...(remembered ? ['the remembered entry is in it'] : []),
    ...(changes.length > 0
      ? [`AUTH_SECRET was another before ${changes.join(', ')}: see that you changed it`]
      : []),
  ].join('\n');
}
