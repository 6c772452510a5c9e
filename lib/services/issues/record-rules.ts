import type { Device } from '#lib/domain/devices/device.ts';
import type { Evidence, Issue, IssueCode } from '#lib/domain/issues/issue.ts';
import { type IdentifierKind, identifiersOf } from '#lib/domain/search/identifier-kind.ts';
import { alarmed, isOffline, ownState, type Subject, said } from './subject.ts';

/** Older than this, an answer says little of now. */
const STALE_AFTER_MS = 24 * 60 * 60_000;
/** What clocks may differ by. */
const CLOCKS_APART_MS = 5 * 60_000;

const found = (code: IssueCode, ...evidence: Issue['evidence']): Issue[] => [{ code, evidence }];

/** A device stands in a room, and both call it the same. */
export function roomError(subject: Subject): Issue[] {
  const { room } = subject.device;
  if (room === null) return found('no-room', said(subject, 'room', null));
  const { roomName } = subject;
  if (roomName === null || room.name === null || roomName === room.name) return [];
  return found('room-renamed', said(subject, 'room.name', room.name));
}

/** When it was activated, as far as that can be. */
export function activationIssue(subject: Subject): Issue[] {
  const { activatedAt } = subject.device;
  const evidence = said(subject, 'activatedAt', activatedAt);
  if (activatedAt === null) return found('never-activated', evidence);
  return Date.parse(activatedAt) > subject.observedAt + CLOCKS_APART_MS
    ? found('activated-in-future', evidence)
    : [];
}

/** Alarms that DingTalk told of and did not take back; that of being offline belongs to a device that is. */
export const openAlarms = (subject: Subject): Issue[] =>
  subject.alarms
    .filter(({ rule }) => rule !== 'offline' || !isOffline(subject))
    .map((alarm) => ({
      code: 'alarm-open',
      evidence: [alarmed(alarm), ...(alarm.rule === 'offline' ? [ownState(subject)] : [])],
    }));

export function unknownStatus(subject: Subject): Issue[] {
  const { state, raw } = subject.device.status;
  return state === 'unknown' ? found('unknown-status', said(subject, 'status.raw', raw)) : [];
}

/** Nothing newer is known of it than from a day ago. */
export function staleness(subject: Subject): Issue[] {
  const last = Math.max(subject.observedAt, ...subject.overrides.map(({ at }) => at));
  if (subject.now - last <= STALE_AFTER_MS) return [];
  return found('stale', ownState(subject));
}

const SHARED: [IdentifierKind, IssueCode, field: string, of: (device: Device) => string | null][] = [
  ['cast-code', 'shared-cast-code', 'castCode', ({ castCode }) => castCode],
  ['ip', 'shared-ip', 'network.ip', ({ network }) => network.ip],
  ['serial', 'shared-serial', 'serial', ({ serial }) => serial],
  ['mac', 'shared-mac', 'mac', ({ mac }) => mac],
  ['sip-account', 'shared-sip-account', 'sipAccount', ({ sipAccount }) => sipAccount],
];

/** An address is given to somebody else once its device is away, which a status that holds no longer does not say. */
function bothHaveAddress(
  subject: Subject,
  { offline, current }: Subject['sharing'][number]['other'],
): boolean {
  return !offline && !isOffline(subject) && (current || subject.standing.includes('shared-ip'));
}

/** What only one device can be: an address among those that are ownState, and everything that names a device. */
export function sharedIdentifiers(subject: Subject): Issue[] {
  const borne = identifiersOf(subject.device);
  return SHARED.flatMap(([kind, code, field, of]) => {
    const value = of(subject.device);
    if (!borne.some((each) => each.kind === kind)) return [];
    const others = subject.sharing.filter(
      (each) => each.kind === kind && (kind !== 'ip' || bothHaveAddress(subject, each.other)),
    );
    const [first, ...rest] = others.map((each): Evidence => {
      const { deviceId, name, observedAt: at, source } = each.other;
      return { field, value, at, source, of: { deviceId, name } };
    });
    const own = said(subject, field, value);
    const reached = kind === 'ip' ? [ownState(subject)] : [];
    return first ? found(code, own, first, ...rest, ...reached) : [];
  });
}
