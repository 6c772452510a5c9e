import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '#lib/api/problem.ts';
import {
  type Caller,
  type Credential,
  type CredentialCaller,
  NO_REQUEST,
} from '#lib/domain/access/access.ts';
import type { Operator, Role } from '#lib/domain/access/operator.ts';
import type { AppError } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import { movingClock } from './clocks/moving-clock.ts';
import { placeMigratedSqlite } from './databases/migrated-sqlite.ts';
import { type InstanceOptions, wireInstance } from './instance.ts';
import { KEYS } from './keys.ts';
import { type SimulatorProcess, startSimulatorProcess } from './servers/simulator-process.ts';

/** The services on a real store, one socket away from a simulated DingTalk. */
export type App = {
  services: ServiceContext;
  simulator: SimulatorProcess;
  clock: ReturnType<typeof movingClock>;
  warnings: string[];
  /** A new, empty store; the simulated world as it was. */
  reset(): Promise<void>;
  close(): Promise<void>;
};

type AppOptions = Pick<InstanceOptions, 'monthlyCalls' | 'callsPerSecond' | 'onFact' | 'smtpUrl'> & {
  /** What the simulator is started with. */
  flags?: string[];
};

export async function openApp({ flags = ['--rooms', '40'], ...options }: AppOptions = {}): Promise<App> {
  const simulator = await startSimulatorProcess(flags);
  const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
  let opened = 0;
  const clock = movingClock();
  const warnings: string[] = [];
  const open = async () => {
    const dataDir = join(folder, String(opened++));
    await placeMigratedSqlite(dataDir);
    return wireInstance({
      ...options,
      store: await openSqliteStore(dataDir, KEYS),
      place: { databaseUrl: null, dataDir },
      origin: simulator.origin,
      clock,
      warn: (fact) => void warnings.push(fact),
    });
  };
  let instance = await open();
  return {
    get services() {
      return instance.services;
    },
    simulator,
    clock,
    warnings,
    async reset() {
      await instance.close();
      instance = await open();
      warnings.length = 0;
      await simulator.control('POST', '/reset');
    },
    async close() {
      await Promise.all([instance.close(), simulator.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** A person with the role, and with a union ID if they signed in with DingTalk. */
export const person = (role: Role, unionId: string | null = null): Operator => ({
  subject: `test:${unionId ?? role}`,
  name: role,
  role,
  unionId,
});

/** The operator as the caller of a use case. */
export const callerOf = (operator: Operator, source = NO_REQUEST): Caller => ({ operator, source });

/** The owner of a session or token as the caller of a use case. */
export const credentialCallerOf = (credential: Credential, source = NO_REQUEST): CredentialCaller => ({
  ...callerOf(credential.operator, source),
  credential,
});

/** The transport's part in a service test: the bare reason. */
export const explain = (error: AppError) => ({ code: error.code, reason: error.reason }) as Problem;
