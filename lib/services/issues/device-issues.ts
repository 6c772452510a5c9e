import type { ShownEvidence, ShownIssue } from '#lib/api/issues/issue-answers.ts';
import { can, type Operator, type Role } from '#lib/domain/access/operator.ts';
import { CONCEALED } from '#lib/domain/devices/conceal.ts';
import { concealChange, openControllers } from '#lib/domain/devices/conceal-change.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { iso } from '#lib/domain/iso.ts';
import { ALARM_FIELD, type Among, type Evidence, type Issue, severityOf } from '#lib/domain/issues/issue.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { type AccessState, sharedWith, visibleUntil } from '#lib/services/devices/device-access.ts';
import { findActiveIssues } from './find-issues.ts';
import { type Known, subjectOf } from './gather.ts';

type Context = Pick<ServiceContext, 'store' | 'clock' | 'operatorUnionId' | 'inventory'>;

/** What is wrong with a device, as one person may see it, by what this desk has written down. Never calls DingTalk. */
export async function deviceIssues(
  context: Context,
  operator: Operator,
  ref: DeviceRef,
  { access, ...known }: Known & { access: AccessState },
): Promise<ShownIssue[]> {
  const { observedAt } = known;
  const hear = sharedWith(context, operator, { access, observedAt });
  const subject = await subjectOf(context, ref, known, { hear, until: visibleUntil(access, observedAt) });
  const issues = findActiveIssues(subject);
  const open = openControllers([known.device], subject.changes);
  return issues.map((each) => shownIssue(each, operator.role, open));
}

/**
 * What was wrong with a device by what it said itself, at a moment: what others said and what was learnt later is not in it.
 */
export function issuesAsOf(known: Known, at: number, role: Role): ShownIssue[] {
  const issues = findActiveIssues({
    ...known,
    now: at,
    // Which issues stood at that moment is not known, so what was said then is taken as it was said.
    current: true,
    standing: [],
    roomName: null,
    sharing: [],
    roommates: [],
    near: [],
    likewise: null,
    states: [],
    changes: [],
    alarms: [],
  });
  const open = openControllers([known.device], []);
  return issues.map((each) => shownIssue(each, role, open));
}

function shownIssue({ code, evidence }: Issue, role: Role, open: ReadonlySet<string>): ShownIssue {
  return {
    code,
    severity: severityOf(code),
    evidence: seenBy(role, evidence).map((each) => shownEvidence(each, role, open)),
  };
}

/** Who may not see addresses does not learn either who shares a subnet: how many do is enough. */
function seenBy(role: Role, evidence: readonly Evidence[]): Evidence[] {
  const bySubnet = evidence.some(({ among }) => among?.what === 'subnet') && !can(role, 'see-network');
  return bySubnet ? evidence.filter(({ of }) => of === null) : [...evidence];
}

function shownEvidence(
  { at, among, ...evidence }: Evidence,
  role: Role,
  open: ReadonlySet<string>,
): ShownEvidence {
  // That there is an alarm and how bad it is everybody sees in the history.
  if (evidence.field.startsWith(ALARM_FIELD)) return { ...evidence, at: iso(at) };
  const { field, from: value } = concealChange(
    { field: evidence.field, from: evidence.value, to: null },
    role,
    open,
  );
  return { ...evidence, field, value, at: iso(at), ...(among && { among: shownAmong(among, role) }) };
}

/** What a subnet is called says as much as an address. */
const shownAmong = (among: Among, role: Role): ShownEvidence['among'] =>
  among.what === 'subnet' && !can(role, 'see-network') ? { ...among, name: CONCEALED } : among;
