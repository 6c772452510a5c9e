import { isNamed, MAC_STRAYS, macTrait, PARTS, type Part } from '#lib/domain/devices/named-parts.ts';
import type { Among, Evidence, Issue, IssueCode } from '#lib/domain/issues/issue.ts';
import {
  isOffline,
  type Near,
  type Other,
  ownState,
  type Subject,
  said,
  type VersionCount,
} from './subject.ts';

/** Fewer others than this are no measure of one. */
const LEAST_PEERS = 3;
/** So many of the others make what they say the rule. */
const MOST = 0.8;
/** A version was first seen so much later than another that it followed it, and did not only turn up in the same round. */
const FOLLOWED_MS = 24 * 60 * 60_000;
/** So many of those that are the same are named; the rest is counted. */
const NAMED = 3;

/** What several others say of themselves: how many, then the first few by name. */
function amongOthers(
  { what, name, others }: Near,
  saying: readonly Other[],
  field: string,
  value: unknown,
): [Evidence, ...Evidence[]] {
  const among: Among = { what, name, count: saying.length, total: others.length };
  const newest = saying.reduce((one, other) => (other.observedAt > one.observedAt ? other : one));
  const { observedAt: at, source } = newest;
  const named = saying.slice(0, NAMED).map((other) => evidenceOf(other, field, value));
  return [{ field, value, at, source, of: null, among }, ...named];
}

/** What another device says, as evidence. */
export const evidenceOf = (
  { deviceId, name, observedAt: at, source }: Other,
  field: string,
  value: unknown,
): Evidence => ({ field, value, at, source, of: { deviceId, name } });

/**
 * Others of the same floor or the same network that are out of reach as well; none when most of them are not. Others whose
 * status holds no longer say nothing, unless that of the device itself is as old.
 */
export function neighboursOffline({ near, current: isOwnCurrent }: Subject): Evidence[] {
  for (const each of near) {
    const others = each.others.filter(({ current }) => current || !isOwnCurrent);
    const offline = others.filter(({ state }) => state === 'offline');
    if (offline.length >= 2 && offline.length * 2 >= others.length) {
      return amongOthers({ ...each, others }, offline, 'status.state', 'offline');
    }
  }
  return [];
}

/** On Wi-Fi where nearly everybody around is on the cable. */
export function wifiAmongWired(subject: Subject): Issue[] {
  if (isOffline(subject) || subject.device.network.type !== 'wifi') return [];
  const around = subject.near.find(({ what }) => what === 'group');
  if (!around) return [];
  const connected = around.others.filter(
    ({ networkType }) => networkType === 'wired' || networkType === 'wifi',
  );
  const wired = connected.filter(({ networkType }) => networkType === 'wired');
  if (wired.length < LEAST_PEERS || wired.length < connected.length * MOST) return [];
  const own = said(subject, 'network.type', 'wifi');
  const others = amongOthers({ ...around, others: connected }, wired, 'network.type', 'wired').slice(0, 1);
  return [{ code: 'wifi-among-wired', evidence: [own, ...others, ownState(subject)] }];
}

/** Runs a version that most of its model have left behind, by when each was first seen in this fleet. */
export const versionsBehind = (subject: Subject): Issue[] => [
  ...behind(subject, 'firmware', 'firmware-behind'),
  ...behind(subject, 'software', 'software-behind'),
];

function behind(subject: Subject, part: 'firmware' | 'software', code: IssueCode): Issue[] {
  const { likewise, device } = subject;
  const own = device[part];
  if (likewise === null || own === null) return [];
  const ownFirst = likewise[part].find(({ version }) => version === own)?.firstSeenAt;
  if (ownFirst === undefined) return [];
  const newer = likewise[part].filter(({ firstSeenAt }) => firstSeenAt > ownFirst + FOLLOWED_MS);
  const count = sum(newer);
  if (count < LEAST_PEERS || count * 2 < likewise.others) return [];
  const usual = newer.reduce((one, other) => (other.count > one.count ? other : one));
  const among: Among = { what: 'model', name: likewise.model, count: usual.count, total: likewise.others };
  return [
    {
      code,
      evidence: [
        said(subject, part, own),
        { field: part, value: usual.version, at: usual.firstSeenAt, source: 'sweep', of: null, among },
      ],
    },
  ];
}

const sum = (versions: readonly VersionCount[]) => versions.reduce((total, { count }) => total + count, 0);

/** A part that it never named, where nearly every device of its model names one. */
export function partsMissing(subject: Subject): Issue[] {
  const { likewise, device, changes } = subject;
  if (likewise === null || isOffline(subject)) return [];
  return (Object.keys(PARTS) as Part[]).flatMap((part): Issue[] => {
    const field = `peripherals.${part}`;
    const value = device.peripherals[part];
    // What it had before and has no more is said by its own past.
    if (isNamed(value) || changes.some((each) => each.field === field && isNamed(each.from))) return [];
    const count = likewise.parts[part];
    if (count < LEAST_PEERS || count < likewise.partsKnown * MOST) return [];
    const among: Among = { what: 'model', name: likewise.model, count, total: likewise.partsKnown };
    const { seenAt: at } = likewise;
    return [
      {
        code: 'part-missing',
        evidence: [
          said(subject, field, value),
          { field, value: null, at, source: 'sweep', of: null, among },
          ownState(subject),
        ],
      },
    ];
  });
}

/**
 * Its MAC is of none of its interfaces, where nearly every device of its model has one that is. DingTalk's own sample has
 * such a MAC, so that alone says nothing.
 */
export function macOfNoInterface(subject: Subject): Issue[] {
  const { likewise, device } = subject;
  if (likewise === null || macTrait(device) !== MAC_STRAYS) return [];
  const { fits, strays } = likewise.mac;
  if (fits < LEAST_PEERS || fits < (fits + strays) * MOST) return [];
  const among: Among = { what: 'model', name: likewise.model, count: fits, total: fits + strays };
  const { seenAt: at } = likewise;
  const { wiredMac, wifiMac } = device.network;
  return [
    {
      code: 'mac-of-no-interface',
      evidence: [
        said(subject, 'mac', device.mac),
        said(subject, 'network.wiredMac', wiredMac),
        said(subject, 'network.wifiMac', wifiMac),
        { field: 'mac', value: null, at, source: 'sweep', of: null, among },
      ],
    },
  ];
}

/** More than one device says that it is in the room. */
export function twoInRoom(subject: Subject): Issue[] {
  const { room } = subject.device;
  const [first, ...rest] = subject.roommates;
  if (room === null || !first) return [];
  const others = [first, ...rest].slice(0, NAMED).map((each) => evidenceOf(each, 'room', room));
  return [{ code: 'two-devices-in-room', evidence: [said(subject, 'room', room), ...others] }];
}
