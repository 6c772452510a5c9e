import 'server-only';
import { type Auth, createAuth } from './auth/auth.ts';
import { type Config, config, secretsOf, settleAuthEnvironment } from './config.ts';
import { createDingTalk } from './dingtalk/dingtalk.ts';
import { createLog, type Log } from './log.ts';
import type { ServiceContext } from './services/context.ts';
import { createShared } from './services/share.ts';
import { openPostgresStore } from './store/postgres.ts';
import { openSqliteStore } from './store/sqlite.ts';
import type { Store } from './store/store.ts';
import { systemClock } from './system-clock.ts';

/** The whole time one question may take upstream: two attempts and a breath, and less than people's patience. */
const QUESTION_BUDGET_MS = 8_000;

/** Everything that is built once and lives as long as the process. */
export type Runtime = { config: Config; log: Log; services: ServiceContext; auth: Auth };

async function build(): Promise<Runtime> {
  const settled = config();
  settleAuthEnvironment(settled);
  const log = createLog({ level: settled.logLevel, secrets: secretsOf(settled) });
  const dingtalk = createDingTalk({
    ...settled.dingtalk,
    clock: systemClock,
    random: Math.random,
    onCall: (call) => log.info('dingtalk called', call),
  });
  const services: ServiceContext = {
    dingtalk,
    store: await openStore(settled),
    clock: systemClock,
    freshForMs: settled.freshForMs,
    budgetMs: QUESTION_BUDGET_MS,
    operatorUnionId: settled.operatorUnionId,
    underWay: createShared(),
    warn: log.warn,
  };
  return { config: settled, log, services, auth: createAuth(settled, dingtalk.directory, log.warn) };
}

const openStore = ({ databaseUrl, dataDir }: Config): Promise<Store> =>
  databaseUrl === null ? openSqliteStore(dataDir) : openPostgresStore(databaseUrl);

// Next may load this module once per bundle; the database and the token must still exist once per process.
const pinned = globalThis as typeof globalThis & { roomsDesk?: Promise<Runtime> };

/** The process's wiring; built at the first call. Rejects with ConfigError when the environment cannot work. */
export function runtime(): Promise<Runtime> {
  pinned.roomsDesk ??= build();
  return pinned.roomsDesk;
}
