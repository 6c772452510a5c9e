import type { BeforeAnswer, ChangeBefore, ShownIssue } from '#lib/api/issues/issue-answers.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { isConcealed } from '#lib/domain/devices/conceal.ts';
import { concealChange, openControllers } from '#lib/domain/devices/conceal-change.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { readFieldPath } from '#lib/domain/devices/field-action.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { Change } from '#lib/domain/history/change.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { type Known, sharedWith, visibleReading, visibleUntil } from '#lib/services/devices/device-access.ts';
import type { ChangeAsked } from '#lib/store/history/preceding-changes.ts';
import { deviceIssues } from './device-issues.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A device that changes more often than this in a day is looked at in its history. */
const MOST_READ = 200;
const MOST_SHOWN = 10;

type Context = Pick<ServiceContext, 'store' | 'clock' | 'operatorUnionId' | 'inventory'>;
type Trouble = { key: string; code: IssueCode; since: number };

const NOTHING: BeforeAnswer = { issue: null, since: null, lastSeenAt: null, looks: 0, changes: [] };

/**
 * What changed in the day before the worst that is wrong with a device was first seen, and how often the same came before
 * the same elsewhere in this fleet. Never calls DingTalk. Throws device-not-found.
 */
export async function whatCameBefore(
  context: Context,
  operator: Operator,
  ref: DeviceRef,
): Promise<BeforeAnswer> {
  const { store } = context;
  const [known, key] = await Promise.all([visibleReading(context, operator, ref), store.keyOf(ref)]);
  if (!known.reading || key === null) throw new AppError('device-not-found.not-known-yet');
  const worst = await worstOf(context, operator, ref, known);
  if (!worst) return NOTHING;
  const { observedAt } = known.reading;
  const visible = sharedWith(context, operator, { access: known.access, observedAt });
  const until = visibleUntil(known.access, observedAt);
  const since = await firstSeen(context, key, worst, { visible, until });
  const [marks, changes] = await Promise.all([
    store.statusMarks(key, since - DAY, since),
    store.changesBetween(key, since - DAY, since, MOST_READ),
  ]);
  const before = visible(marks).filter(({ at }) => at < since);
  const own = new Set(worst.evidence.filter(({ of }) => of === null).map(({ field }) => field));
  const ranked = await withOthers(
    context,
    { key, code: worst.code, since },
    visible(changes).filter((change) => change.at > since - DAY && isNews(change, own)),
  );
  return {
    issue: worst.code,
    since: iso(since),
    lastSeenAt: isoOrNull(before.at(-1)?.at ?? null),
    looks: new Set(before.filter(({ at }) => at > since - DAY).map(({ at }) => at)).size,
    changes: shown(ranked, operator, known, since),
  };
}

async function worstOf(context: Context, operator: Operator, ref: DeviceRef, { reading, access }: Known) {
  if (!reading) return null;
  const { observedAt, source } = reading;
  const overrides = await context.store.withOverrides(reading, ref);
  const issues = await deviceIssues(context, operator, ref, { ...overrides, observedAt, source, access });
  return issues.find(({ severity }) => severity !== 'info') ?? null;
}

/** By what is written of it, or by what the evidence is known to have been since, whichever is earlier. */
async function firstSeen(
  { store, clock }: Context,
  key: string,
  { code, evidence }: ShownIssue,
  { visible, until }: { visible: ReturnType<typeof sharedWith>; until: number },
) {
  const now = clock.now();
  const [spans, [device]] = await Promise.all([store.issueSpans(key, now, now), store.devicesByKeys([key])]);
  const currentIssues = spans.findLast((span) => span.code === code && span.to === null);
  const [first] = evidence;
  const isState = first?.field === 'status.state' && first.of === null;
  const stood = isState ? (device?.stateSince ?? null) : await changedAt(store, key, first, visible);
  const known = [currentIssues?.from ?? null, stood].filter((at): at is number => at !== null && at <= until);
  return known.length > 0 ? Math.min(...known) : Date.parse(first?.at ?? iso(clock.now()));
}

/** When what an issue rests on became so; null where no change tells. */
async function changedAt(
  store: Context['store'],
  key: string,
  evidence: ShownIssue['evidence'][0] | undefined,
  visible: ReturnType<typeof sharedWith>,
) {
  if (!evidence || evidence.of !== null) return null;
  const changes = visible(await store.changes(key, MOST_READ));
  return changes.find(({ field }) => field === evidence.field)?.at ?? null;
}

/** What the trouble itself consists of is no news, nor are the comings and goings of meetings. */
function isNews({ field, to }: Change, own: ReadonlySet<string>): boolean {
  if (own.has(field)) return false;
  const path = readFieldPath(field);
  if (path.field === 'status.raw') return false;
  return path.field !== 'status.state' || (path.controller !== null && to === 'offline');
}

type Ranked = { change: Change; others: ChangeBefore['others'] };

async function withOthers(
  { store }: Context,
  { key, code, since }: Trouble,
  changes: Change[],
): Promise<Ranked[]> {
  const some = changes.slice(0, MOST_SHOWN).map((change) => ({ change, asked: asAsked(change) }));
  const asked = some.map((each) => each.asked).filter((each) => each !== null);
  const except = { deviceKey: key, at: since };
  const { cases, had } = await store.countBefore(code, asked, { within: DAY, except });
  return some.map(({ change, asked: one }) => ({
    change,
    others: one && { had: had[asked.indexOf(one)] ?? 0, of: cases },
  }));
}

/** The panel of another device has another id, so one stands for any; a panel that comes or goes is like no other. */
function asAsked({ field, to }: Change): ChangeAsked | null {
  const path = readFieldPath(field);
  if (path.controller === null) return { of: 'unit', field, to };
  return path.field === null ? null : { of: 'panel', field: path.field, to };
}

function shown(ranked: Ranked[], { role }: Operator, { reading }: Known, since: number): ChangeBefore[] {
  const open = openControllers(
    reading ? [reading.device] : [],
    ranked.map(({ change }) => change),
  );
  const all = ranked.map(({ change, others }) => {
    const { at, notBefore, field, from, to, source } = concealChange(change, role, open);
    // How many others came to the same value would tell about a value that is concealed.
    const overrides = isConcealed(to) || isConcealed(from) ? null : others;
    return {
      at: iso(at),
      notBefore: iso(notBefore),
      field,
      from,
      to,
      source,
      together: at === since,
      others: overrides,
    };
  });
  // By what is shown alone: a place in the order would tell what is concealed.
  return all.sort((a, b) => shareOf(b) - shareOf(a));
}

const shareOf = ({ others }: ChangeBefore) => (others && others.of > 0 ? others.had / others.of : 0);
