import type { Evidence, Finding, FindingCode } from '#lib/domain/finding.ts';
import { type IdentifierKind, identifiersOf } from '#lib/domain/identifier-kind.ts';
import { alarmed, isOffline, reachable, type Subject, said } from './subject.ts';

/** Older than this, an answer says little of now. */
export const STALE_AFTER_MS = 24 * 60 * 60_000;
/** What clocks may differ by. */
const CLOCKS_APART_MS = 5 * 60_000;

const found = (code: FindingCode, ...evidence: Finding['evidence']): Finding[] => [{ code, evidence }];

/** A device stands in a room, and both call it the same. */
export function roomTrouble(subject: Subject): Finding[] {
  const { room } = subject.device;
  if (room === null) return found('no-room', said(subject, 'room', null));
  const { roomName } = subject;
  if (roomName === null || room.name === null || roomName === room.name) return [];
  return found('room-renamed', said(subject, 'room.name', room.name));
}

/** When it was activated, as far as that can be. */
export function activationTrouble(subject: Subject): Finding[] {
  const { activatedAt } = subject.device;
  const evidence = said(subject, 'activatedAt', activatedAt);
  if (activatedAt === null) return found('never-activated', evidence);
  return Date.parse(activatedAt) > subject.observedAt + CLOCKS_APART_MS
    ? found('activated-in-future', evidence)
    : [];
}

/** Alarms that DingTalk told of and did not take back; that of being offline belongs to a device that is. */
export const openAlarms = (subject: Subject): Finding[] =>
  subject.alarms
    .filter(({ rule }) => rule !== 'offline' || !isOffline(subject))
    .map((alarm) => ({
      code: 'alarm-open',
      evidence: [alarmed(alarm), ...(alarm.rule === 'offline' ? [reachable(subject)] : [])],
    }));

export function unknownStatus(subject: Subject): Finding[] {
  const { state, raw } = subject.device.status;
  return state === 'unknown' ? found('unknown-status', said(subject, 'status.raw', raw)) : [];
}

/** Nothing newer is known of it than from a day ago. */
export function staleness(subject: Subject): Finding[] {
  const last = Math.max(subject.observedAt, ...subject.told.map(({ at }) => at));
  if (subject.now - last <= STALE_AFTER_MS) return [];
  return found('stale', said(subject, 'status.state', subject.device.status.state));
}

const SHARED: [IdentifierKind, FindingCode, field: string][] = [
  ['cast-code', 'shared-cast-code', 'castCode'],
  ['ip', 'shared-ip', 'network.ip'],
  ['serial', 'shared-serial', 'serial'],
  ['mac', 'shared-mac', 'mac'],
  ['sip-account', 'shared-sip-account', 'sipAccount'],
];

/** What only one device can be: an address among those that are reachable, and everything that names a device. */
export function sharedIdentifiers(subject: Subject): Finding[] {
  const borne = identifiersOf(subject.device);
  return SHARED.flatMap(([kind, code, field]) => {
    if (!borne.some((each) => each.kind === kind)) return [];
    // An address is given to somebody else once its device is away.
    const others = subject.sharing.filter(
      (each) => each.kind === kind && !(kind === 'ip' && (each.other.offline || isOffline(subject))),
    );
    const [first, ...rest] = others.map((each): Evidence => {
      const { deviceId, name, observedAt: at, source } = each.other;
      return { field, value: ownValue(subject, field), at, source, of: { deviceId, name } };
    });
    const own = said(subject, field, ownValue(subject, field));
    const reached = kind === 'ip' ? [reachable(subject)] : [];
    return first ? found(code, own, first, ...rest, ...reached) : [];
  });
}

function ownValue({ device }: Subject, field: string): string | null {
  const values: Record<string, string | null> = {
    castCode: device.castCode,
    'network.ip': device.network.ip,
    serial: device.serial,
    mac: device.mac,
    sipAccount: device.sipAccount,
  };
  return values[field] ?? null;
}
