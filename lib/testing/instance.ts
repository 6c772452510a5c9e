import { randomUUID } from 'node:crypto';
import { createDingTalk } from '#lib/dingtalk/dingtalk.ts';
import type { Directory } from '#lib/dingtalk/people/directory.ts';
import { createRobot } from '#lib/dingtalk/robot/robot.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { allowanceOf } from '#lib/domain/budget/budget.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { createDigestTexts } from '#lib/i18n/digest-texts.ts';
import { createNotificationTexts } from '#lib/i18n/notification-texts.ts';
import { createAccess } from '#lib/services/access/access.ts';
import { createLimits } from '#lib/services/access/limits.ts';
import { createOwnOrganisation } from '#lib/services/access/own-organisation.ts';
import type { AlertContext } from '#lib/services/alerts/alert-context.ts';
import { createMailSender } from '#lib/services/alerts/mail-sender.ts';
import { createDigestSender, createRobotSender } from '#lib/services/alerts/robot-sender.ts';
import { createChannelSeal } from '#lib/services/alerts/seal.ts';
import { createWebhookSender } from '#lib/services/alerts/webhook.ts';
import { createAudit } from '#lib/services/audit/audit.ts';
import { createAuditGuard } from '#lib/services/audit/audit-guard.ts';
import { createBudget } from '#lib/services/budget/budget.ts';
import { createMeter } from '#lib/services/budget/meter.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { createShared } from '#lib/services/devices/share.ts';
import { createVouching } from '#lib/services/devices/vouched-since.ts';
import { createInventory } from '#lib/services/inventory/inventory.ts';
import { createSealer } from '#lib/store/audit/audit-chain.ts';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import type { Store } from '#lib/store/store.ts';
import { KEYS, SECRET } from './keys.ts';

/** The operator of jobs and of people without a union ID. */
export const CONFIGURED = 'simOperatorUnionId';

const EVENTS: ServiceContext['events'] = { transport: 'off', monthly: 3_000, streamState: () => null };

/** The parts of one server process in a test. */
export type InstanceOptions = {
  store: Store;
  /** Where the simulated DingTalk listens. */
  origin: string;
  clock: Clock;
  /** The location of the store's database, for direct access. */
  place?: DatabasePlace;
  monthlyCalls?: number;
  callsPerSecond?: number;
  warn?: ServiceContext['warn'];
  onFact?: ServiceContext['access']['onFact'];
  /** Where e-mail goes out by; without it there is none. */
  smtpUrl?: string;
};

/** The services as one process would wire them, metered, on a store that others may share. */
export function wireInstance(options: InstanceOptions): { services: ServiceContext; close(): Promise<void> } {
  const { store, origin, clock, monthlyCalls = 1_000_000, callsPerSecond = 20, warn = () => {} } = options;
  const allowance = allowanceOf(monthlyCalls);
  const meter = createMeter({ store, clock, allowance, callsPerSecond, warn });
  const dingtalk = createDingTalk({
    ...{ apiOrigin: origin, oapiOrigin: origin, loginOrigin: origin },
    ...{ clientId: 'dingsimulator', clientSecret: 'simulator-secret', corpId: 'dingsimcorp' },
    ...{ callsPerSecond, clock, random: Math.random, meter },
  });
  const file = { read: () => null, write: () => undefined };
  const guard = createAuditGuard({ store, sealer: createSealer(SECRET), clock, file, warn });
  const services: ServiceContext = {
    dingtalk,
    store,
    inventory: createInventory(store, createVouching({ store, clock, events: EVENTS })),
    audit: createAudit({ store, sealer: createSealer(SECRET), clock, warn, guard }),
    auditGuard: guard,
    auditExport: null,
    limits: createLimits({ questions: 1_000_000, searches: 1_000_000, signIns: 1_000_000 }),
    budget: createBudget(store, clock, allowance),
    clock,
    instanceId: randomUUID(),
    freshForMs: 60_000,
    budgetMs: 3_000,
    callsPerSecond,
    operatorUnionId: CONFIGURED,
    organisation: createOwnOrganisation(store, 'dingsimcorp', clock),
    events: EVENTS,
    checking: {
      settings: {
        ...{ appUrl: 'http://localhost:3000', apiOrigin: origin, oapiOrigin: origin, loginOrigin: origin },
        ...{
          clientId: 'dingsimulator',
          corpId: 'dingsimcorp',
          operatorUnionId: CONFIGURED,
          transport: 'off',
        },
        ...{ monthlyCalls, monthlyEvents: 3_000, proxy: null },
      },
      place: options.place ?? { databaseUrl: null, dataDir: '' },
      sealer: createSealer(SECRET),
      secretFiles: [],
    },
    underWay: createShared(),
    access: accessTo(options, dingtalk.directory),
    alerts: alertsOf(options),
    warn,
  };
  return {
    services,
    async close() {
      services.access.close();
      await dingtalk.close();
      await services.audit.close();
      await guard.stop();
      await meter.settled();
      await store.close();
    },
  };
}

/** The address of Rooms Desk in tests. */
export const TEST_URL = 'https://desk.example.com';

/** Robots at the simulator, webhooks on this machine. */
function alertsOf({ origin, clock, smtpUrl }: InstanceOptions): AlertContext {
  const [reach, timeoutMs] = [{ private: false, loopback: true }, 1_000];
  const robot = createRobot(origin, clock, timeoutMs);
  const t = createNotificationTexts(TEST_URL);
  const mail = smtpUrl && createMailSender({ smtpUrl, from: 'Desk <desk@example.com>', timeoutMs }).send;
  return {
    ...{ seal: createChannelSeal(KEYS), t, digestTexts: createDigestTexts(TEST_URL, t), robot, reach },
    senders: {
      robot: createRobotSender(robot),
      digest: createDigestSender(robot),
      webhook: createWebhookSender({ clock, reach, appUrl: TEST_URL, timeoutMs }),
      mail: mail || null,
    },
  };
}

/** The claims of a sign-in in tests, where the person names their role. */
export type TestClaims = { sub: string; name: string; unionId: string | null; role: Operator['role'] };

function accessTo({ store, clock, warn = () => {}, onFact }: InstanceOptions, directory: Directory) {
  return createAccess({
    ...{ store, clock, directory, warn, refreshClaims: null },
    operatorOf: (kept) => {
      const { sub, name, unionId, role } = kept as TestClaims;
      return { subject: sub, name, unionId, role };
    },
    onFact: onFact ?? (async () => undefined),
  });
}
