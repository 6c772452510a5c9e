import { isNamed, type Part } from '#lib/domain/devices/named-parts.ts';
import type { Issue, IssueCode } from '#lib/domain/issues/issue.ts';
import { asBefore, isOffline, ownState, type Subject, said } from './subject.ts';

const LOST = {
  camera: 'camera-lost',
  microphone: 'microphone-lost',
  speaker: 'speaker-lost',
} as const satisfies Record<string, IssueCode>;

/** A part that the device named before and does not name now, or names otherwise, against its own past. */
export function partsLostOrSwapped(subject: Subject): Issue[] {
  // An offline device may go on telling old values, and what it left out says nothing.
  if (isOffline(subject)) return [];
  return [
    ...(Object.keys(LOST) as Part[]).flatMap((part) => partIssue(subject, part)),
    ...displayLost(subject),
  ];
}

function partIssue(subject: Subject, part: Part): Issue[] {
  const field = `peripherals.${part}`;
  const value = subject.device.peripherals[part];
  const now = said(subject, field, value);
  const change = subject.changes.find((each) => each.field === field);
  if (!change || !isNamed(change.from)) return [];
  const evidence: Issue['evidence'] = [now, asBefore(change), ownState(subject)];
  if (!isNamed(value)) return [{ code: LOST[part], evidence }];
  return isSamePart(change.from, value) ? [] : [{ code: 'part-swapped', evidence }];
}

/** The display's cable carried a picture at the last look and carries none now, as the device says it. */
function displayLost(subject: Subject): Issue[] {
  const field = 'peripherals.hdmi';
  const value = subject.device.peripherals.hdmi;
  const change = subject.changes.find((each) => each.field === field);
  if (value !== 'false' || change?.from !== 'true') return [];
  return [
    { code: 'display-lost', evidence: [said(subject, field, value), asBefore(change), ownState(subject)] },
  ];
}

/** Windows counts the ports a part was plugged into: "Microphone (2- Built-in Audio)" is the same one. */
const bare = (name: string) =>
  name
    .replace(/\(\d+- /g, '(')
    .trim()
    .toLowerCase();

const isSamePart = (one: string, other: string): boolean => bare(one) === bare(other);
