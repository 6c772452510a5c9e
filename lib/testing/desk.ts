import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDingTalk } from '#lib/dingtalk/dingtalk.ts';
import type { AppError } from '#lib/domain/errors.ts';
import type { Operator, Role } from '#lib/domain/operator.ts';
import type { Problem } from '#lib/domain/problem.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { createShared } from '#lib/services/share.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import { movingClock } from './moving-clock.ts';
import { type SimulatorProcess, startSimulatorProcess } from './simulator-process.ts';

/** The services on a real store, one socket away from a simulated DingTalk. */
export type Desk = {
  services: ServiceContext;
  simulator: SimulatorProcess;
  clock: ReturnType<typeof movingClock>;
  warnings: string[];
  /** A new, empty store; the simulated world as it was. */
  reset(): Promise<void>;
  close(): Promise<void>;
};

/** In whose name everybody without a union id asks. */
export const CONFIGURED = 'simOperatorUnionId';

export async function openDesk(): Promise<Desk> {
  const simulator = await startSimulatorProcess(['--rooms', '40']);
  const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
  let opened = 0;
  const openStore = () => openSqliteStore(join(folder, String(opened++)));
  const clock = movingClock();
  const warnings: string[] = [];
  const { origin } = simulator;
  const dingtalk = createDingTalk({
    ...{ apiOrigin: origin, oapiOrigin: origin, loginOrigin: origin },
    ...{ clientId: 'dingsimulator', clientSecret: 'simulator-secret', corpId: 'dingsimcorp' },
    ...{ callsPerSecond: 20, clock, random: Math.random },
  });
  const services: ServiceContext = {
    dingtalk,
    store: await openStore(),
    clock,
    freshForMs: 60_000,
    budgetMs: 3_000,
    operatorUnionId: CONFIGURED,
    underWay: createShared(),
    warn: (fact) => void warnings.push(fact),
  };
  return {
    services,
    simulator,
    clock,
    warnings,
    async reset() {
      await services.store.close();
      services.store = await openStore();
      warnings.length = 0;
      await simulator.control('POST', '/reset');
    },
    async close() {
      await Promise.all([services.store.close(), dingtalk.close(), simulator.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Somebody of the role; with a union id when they came through DingTalk. */
export const person = (role: Role, unionId: string | null = null): Operator => ({
  subject: `test:${unionId ?? role}`,
  name: role,
  role,
  unionId,
});

/** The transport's part in a service test: the bare reason. */
export const explain = (error: AppError) => ({ code: error.code, reason: error.reason }) as Problem;
