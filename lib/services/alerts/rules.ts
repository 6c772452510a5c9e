import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import { type AlertRule, LIMITS, type Scope, type Silence } from '#lib/domain/alerts/alert.ts';
import { AppError } from '#lib/domain/errors.ts';
import { audited } from '#lib/services/audit/audit.ts';
import type { ServiceContext } from '#lib/services/context.ts';

type Needs = Pick<ServiceContext, 'store' | 'clock' | 'inventory' | 'audit'>;

export type RuleAsked = Omit<AlertRule, 'id' | 'createdAt'>;
export type SilenceInput = Pick<Silence, 'scope' | 'codes' | 'when' | 'reason'>;

/** Creates an alert rule. Throws not-permitted, invalid-question. */
export async function addRule(context: Needs, caller: Caller, asked: RuleAsked): Promise<{ ruleId: string }> {
  assertCan(caller.operator.role, 'manage-alerts');
  const rules = await context.store.alertRules();
  if (rules.length >= LIMITS.rules) throw new AppError('invalid-question.too-many');
  const rule = { ...asked, id: randomUUID(), createdAt: context.clock.now() };
  await keepRule(context, caller, 'rule-added', rule);
  return { ruleId: rule.id };
}

/** Changes a rule. Alerts that it no longer matches end without a notification. Throws as addRule. */
export async function changeRule(
  context: Needs,
  caller: Caller,
  { id, asked }: { id: string; asked: RuleAsked },
): Promise<void> {
  assertCan(caller.operator.role, 'manage-alerts');
  const before = (await context.store.alertRules()).find((rule) => rule.id === id);
  if (!before) throw new AppError('invalid-question.not-there');
  await keepRule(context, caller, 'rule-changed', { ...asked, id, createdAt: before.createdAt });
}

/** Removes a rule; its alerts end without a notification. Throws not-permitted. */
export async function removeRule(
  { store, audit }: Needs,
  { operator, source }: Caller,
  id: string,
): Promise<void> {
  assertCan(operator.role, 'manage-alerts');
  const rule = (await store.alertRules()).find((each) => each.id === id);
  if (!rule) return;
  const auditEntry = { by: operator, source, action: 'rule-removed', about: rule.name } as const;
  await audited({ audit }, { ...auditEntry, target: { kind: 'rule', id } }, () => store.deleteAlertRule(id));
}

/** Creates a silence or a weekly maintenance window. Throws not-permitted, invalid-question. */
export async function createSilence(
  context: Needs,
  { operator, source }: Caller,
  { scope, codes, when, reason }: SilenceInput,
): Promise<{ silenceId: string }> {
  assertCan(operator.role, 'manage-alerts');
  const { store, clock, audit } = context;
  const now = clock.now();
  if (when.kind === 'once' && (when.until <= now || when.until - now > LIMITS.mute))
    throw new AppError('invalid-question.parameter');
  if ((await store.silences(now)).length >= LIMITS.listed) throw new AppError('invalid-question.too-many');
  await assertKnown(context, scope);
  const id = randomUUID();
  const about = [codes === null ? 'everything' : codes.join(' '), scopeText(scope), timeText(when)].join(
    '; ',
  );
  const auditEntry = { by: operator, source, action: 'muted', about, reason } as const;
  await audited({ audit }, { ...auditEntry, target: { kind: 'silence', id } }, () =>
    store.putSilence({ id, scope, codes, when, reason, by: operator.name, createdAt: now }),
  );
  return { silenceId: id };
}

/** Ends a silence or maintenance window now. Throws not-permitted. */
export async function removeSilence(
  { store, audit, clock }: Needs,
  { operator, source }: Caller,
  id: string,
): Promise<void> {
  assertCan(operator.role, 'manage-alerts');
  const silence = (await store.silences(clock.now())).find((each) => each.id === id);
  if (!silence) return;
  const auditEntry = { by: operator, source, action: 'unmuted', about: scopeText(silence.scope) } as const;
  await audited({ audit }, { ...auditEntry, target: { kind: 'silence', id } }, () => store.deleteSilence(id));
}

async function keepRule(
  context: Needs,
  { operator, source }: Caller,
  action: 'rule-added' | 'rule-changed',
  rule: AlertRule,
): Promise<void> {
  const { store, audit } = context;
  const known = new Set((await store.channels()).map(({ id }) => id));
  if (!rule.channelIds.every((id) => known.has(id))) throw new AppError('invalid-question.not-there');
  await assertKnown(context, rule.scope);
  const auditEntry = { by: operator, source, action, about: `${rule.name}: ${rule.on ? 'on' : 'off'}` };
  await audited({ audit }, { ...auditEntry, target: { kind: 'rule', id: rule.id } }, () =>
    store.putAlertRule(rule),
  );
}

/** Throws invalid-question.not-there for an unknown ID, with which a rule would never match. */
async function assertKnown({ inventory }: Pick<Needs, 'inventory'>, scope: Scope): Promise<void> {
  if (scope.everything) return;
  const { groups, rooms, fleet } = await inventory.current();
  const isKnown =
    scope.groups.every((id) => groups.get(id)) &&
    scope.rooms.every((id) => rooms.get(id)) &&
    scope.devices.every((id) => fleet.get(id));
  if (!isKnown) throw new AppError('invalid-question.not-there');
}

const scopeText = ({ everything, groups, rooms, devices }: Scope) =>
  everything ? 'every device' : [...groups, ...rooms, ...devices].join(' ');

const timeText = (when: Silence['when']) =>
  when.kind === 'once'
    ? `until ${new Date(when.until).toISOString()}`
    : `weekly ${when.days.join('')} ${when.from}-${when.to} ${when.zone}`;
