import 'server-only';
import { randomBytes, randomUUID } from 'node:crypto';
import { type Auth, createAuth, personBehind } from '#lib/auth/auth.ts';
import { refreshClaimsBy } from '#lib/auth/refresh-claims.ts';
import { type Config, config, secretsOf, settleAuthEnvironment } from '#lib/config/config.ts';
import { checkingOf } from '#lib/config/doctor-settings.ts';
import type { Meter } from '#lib/dingtalk/client/meter.ts';
import { createDingTalk } from '#lib/dingtalk/dingtalk.ts';
import { type Callback, createCallback } from '#lib/dingtalk/events/callback.ts';
import type { Directory } from '#lib/dingtalk/people/directory.ts';
import { createRobot } from '#lib/dingtalk/robot/robot.ts';
import { allowanceOf } from '#lib/domain/budget/budget.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { fetchThrough } from '#lib/egress/clients.ts';
import { createEgressProxy, type EgressProxy } from '#lib/egress/egress-proxy.ts';
import { createDigestTexts } from '#lib/i18n/digest-texts.ts';
import { createNotificationTexts } from '#lib/i18n/notification-texts.ts';
import { type Access, createAccess } from '#lib/services/access/access.ts';
import { auditAccess } from '#lib/services/access/audit-access.ts';
import { createLimits } from '#lib/services/access/limits.ts';
import { createOwnOrganisation } from '#lib/services/access/own-organisation.ts';
import type { AlertContext } from '#lib/services/alerts/alert-context.ts';
import { ATTEMPT_MS } from '#lib/services/alerts/deliver-http.ts';
import { createMailSender } from '#lib/services/alerts/mail-sender.ts';
import { createDigestSender, createRobotSender } from '#lib/services/alerts/robot-sender.ts';
import { createChannelSeal } from '#lib/services/alerts/seal.ts';
import { createWebhookSender } from '#lib/services/alerts/webhook.ts';
import type { Audit } from '#lib/services/audit/audit.ts';
import { createBudget } from '#lib/services/budget/budget.ts';
import { createMeter } from '#lib/services/budget/meter.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { createShared } from '#lib/services/devices/share.ts';
import { createVouching } from '#lib/services/devices/vouched-since.ts';
import { createLive, type Live } from '#lib/services/events/live.ts';
import { createInventory } from '#lib/services/inventory/inventory.ts';
import { startJobs } from '#lib/services/jobs/jobs.ts';
import type { RunningJob } from '#lib/services/jobs/start-job.ts';
import { type StreamJob, startCallbackWatch, startStreamJob } from '#lib/services/jobs/stream-job.ts';
import { createSealer } from '#lib/store/audit/audit-chain.ts';
import { openPostgresStore } from '#lib/store/postgres.ts';
import { createKeyring, type Keyring } from '#lib/store/sealing/keyring.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import type { Store } from '#lib/store/store.ts';
import { auditingOf } from './auditing.ts';
import { createLog, type Log } from './log.ts';
import { clockAtSpeed } from './system-clock.ts';

/** The whole time one question may take upstream: two attempts and a breath, and less than people's patience. */
const QUESTION_BUDGET_MS = 8_000;

/** Everything that is built once and lives as long as the process. */
export type Runtime = {
  config: Config;
  log: Log;
  services: ServiceContext;
  live: Live;
  auth: Auth;
  /** Opens what DingTalk posts; null unless events come by callback. */
  callback: Callback | null;
  /** What this process does by itself; null where INSTANCE_ROLE leaves that to others. */
  jobs: RunningJob | null;
  /** Ends what would keep the process from stopping: open streams, duties, the store. */
  stop(): Promise<void>;
};

async function build(): Promise<Runtime> {
  const settled = config();
  settleAuthEnvironment(settled);
  const clock = clockAtSpeed(settled.clockSpeed);
  const log = createLog({ level: settled.logLevel, secrets: secretsOf(settled) });
  const keyring = createKeyring(settled.authSecret, settled.previousSecrets);
  const store = await openStore(settled, keyring);
  const allowance = allowanceOf(settled.dingtalk.monthlyCalls);
  const { callsPerSecond } = settled.dingtalk;
  const meter = createMeter({ store, clock, allowance, callsPerSecond, warn: log.warn });
  const proxy = settled.egress && createEgressProxy(settled.egress);
  const dingtalk = dingtalkOf(settled, { meter, clock, log, proxy });
  let stream: StreamJob | null = null;
  const sealer = createSealer(settled.authSecret, settled.previousSecrets);
  const instanceId = randomUUID();
  const auditing = auditingOf(settled, { store, sealer, clock, log, instanceId, proxy });
  const services: ServiceContext = {
    ...servicesOf(settled, {
      store,
      clock,
      log,
      keyring,
      sealer,
      dingtalk,
      auditing,
      proxy,
      allowance,
      instanceId,
    }),
    events: {
      transport: settled.events.transport,
      monthly: settled.events.monthly,
      streamState: () => stream?.state() ?? null,
    },
  };
  const live = createLive(services);
  const jobs = settled.instanceRole === 'web' ? null : startJobs(services);
  if (settled.events.transport === 'stream' && settled.instanceRole !== 'web') {
    stream = startStreamJob(services, dingtalk.openStream);
  }
  const own = jobs && {
    async stop() {
      await Promise.all([jobs.stop(), stream?.stop()]);
    },
  };
  const callback = callbackOf(settled, clock);
  const watching = callback ? startCallbackWatch(services) : null;
  // The first list somebody opens should not wait for a hundred thousand rows to be read.
  services.inventory.current().catch((error) => log.warn('inventory not read', { error: String(error) }));
  return {
    config: settled,
    log,
    services,
    live,
    auth: authOf(settled, dingtalk.directory, { services, log, proxy }),
    callback,
    jobs: own,
    async stop() {
      live.close();
      services.access.close();
      await Promise.all([own?.stop(), watching?.stop()]);
      await services.audit.close();
      await Promise.all([auditing.auditGuard.stop(), auditing.auditExport?.stop()]);
      await meter.settled();
      await store.close();
    },
  };
}

type Parts = Pick<Shared, 'store' | 'clock' | 'log' | 'keyring' | 'proxy'> & {
  sealer: ReturnType<typeof createSealer>;
  dingtalk: ReturnType<typeof dingtalkOf>;
  auditing: ReturnType<typeof auditingOf>;
  allowance: ReturnType<typeof allowanceOf>;
  instanceId: string;
};

/** Everything that use cases depend on, but for the state of the event stream. */
function servicesOf(settled: Config, parts: Parts): Omit<ServiceContext, 'events'> {
  const { store, clock, log, keyring, sealer, dingtalk, auditing, proxy, allowance, instanceId } = parts;
  return {
    dingtalk,
    store,
    inventory: createInventory(store, createVouching({ store, clock, events: settled.events })),
    ...auditing,
    limits: createLimits(settled.perMinute),
    budget: createBudget(store, clock, allowance),
    clock,
    instanceId,
    callsPerSecond: settled.dingtalk.callsPerSecond,
    freshForMs: settled.freshForMs,
    budgetMs: QUESTION_BUDGET_MS,
    operatorUnionId: settled.operatorUnionId,
    organisation: createOwnOrganisation(store, settled.dingtalk.corpId, clock),
    checking: checkingOf(settled, sealer),
    underWay: createShared(),
    access: accessTo(settled, { store, directory: dingtalk.directory, clock, audit: auditing.audit, log }),
    alerts: alertContextOf(settled, { keyring, clock, proxy }),
    warn: log.warn,
  };
}

const openStore = ({ databaseUrl, dataDir }: Config, keyring: Keyring): Promise<Store> =>
  databaseUrl === null ? openSqliteStore(dataDir, keyring) : openPostgresStore(databaseUrl, keyring);

/** What the parts of a process share. */
type Shared = {
  store: Store;
  clock: Clock;
  log: Log;
  keyring: Keyring;
  meter: Meter;
  audit: Audit;
  directory: Directory;
  proxy: EgressProxy | null;
};

const dingtalkOf = (
  { dingtalk }: Config,
  { meter, clock, log, proxy }: Pick<Shared, 'meter' | 'clock' | 'log' | 'proxy'>,
) =>
  createDingTalk({
    ...dingtalk,
    random: Math.random,
    clock,
    meter,
    proxy,
    onCall: (call) => log.info('dingtalk called', call),
    onUnchecked: (fact) => log.warn('employment not checked', fact),
  });

/** Sign-in, with a provider that is asked through the proxy where there is one. */
const authOf = (
  settled: Config,
  directory: Directory,
  { services, log, proxy }: { services: ServiceContext; log: Log; proxy: EgressProxy | null },
) =>
  createAuth(
    settled,
    directory,
    log.warn,
    { sessions: services.access.sessions, limits: services.limits },
    proxy ? fetchThrough(proxy) : fetch,
  );

/** Sessions and tokens, with what happens to them in the audit log. */
function accessTo(
  settled: Config,
  { store, directory, clock, audit, log }: Pick<Shared, 'store' | 'directory' | 'clock' | 'audit' | 'log'>,
): Access {
  return createAccess({
    store,
    directory,
    clock,
    warn: log.warn,
    operatorOf: personBehind(settled),
    onFact: (fact, actor) => auditAccess(audit, fact, actor),
    refreshClaims: refreshClaimsBy(settled),
  });
}

/** What it takes to tell somebody of what is wrong. A demo may tell a server on its own machine. */
function alertContextOf(
  { appUrl, dingtalk, mail, ...settled }: Config,
  { keyring, clock, proxy }: Pick<Shared, 'keyring' | 'clock' | 'proxy'>,
): AlertContext {
  const robot = createRobot(dingtalk.oapiOrigin, clock, ATTEMPT_MS, proxy);
  const t = createNotificationTexts(appUrl);
  const reach = { private: settled.alertsAllowPrivate, loopback: settled.demoAccounts };
  return {
    seal: createChannelSeal(keyring),
    t,
    digestTexts: createDigestTexts(appUrl, t),
    robot,
    reach,
    senders: {
      robot: createRobotSender(robot),
      digest: createDigestSender(robot),
      webhook: createWebhookSender({ clock, reach, appUrl, proxy }),
      mail: mail ? createMailSender({ ...mail, proxy }).send : null,
    },
  };
}

function callbackOf({ events, dingtalk }: Config, clock: Clock): Callback | null {
  const { transport, token, aesKey } = events;
  if (transport !== 'callback' || token === null || aesKey === null) return null;
  return createCallback({
    token,
    aesKey,
    clientId: dingtalk.clientId,
    clock,
    bytes: randomBytes,
  });
}

// Next may load this module once per bundle; the database and the token must still exist once per process.
const pinned = globalThis as typeof globalThis & { roomsDesk?: Promise<Runtime> };

/** The process's wiring; built at the first call. Rejects with ConfigError when the environment cannot work. */
export function runtime(): Promise<Runtime> {
  pinned.roomsDesk ??= build();
  return pinned.roomsDesk;
}
