import type { Finding, FindingCode } from '#lib/domain/finding.ts';
import { asBefore, isOffline, ownState, type Subject, said } from './subject.ts';

const PARTS = {
  camera: 'camera-lost',
  microphone: 'microphone-lost',
  speaker: 'speaker-lost',
} as const satisfies Record<string, FindingCode>;

type Part = keyof typeof PARTS;

/** A part that the device named before and does not name now, or names otherwise, against its own past. */
export function partsLostOrSwapped(subject: Subject): Finding[] {
  // An offline device may go on telling old values, and what it left out says nothing.
  if (isOffline(subject)) return [];
  return (Object.keys(PARTS) as Part[]).flatMap((part) => partTrouble(subject, part));
}

function partTrouble(subject: Subject, part: Part): Finding[] {
  const field = `peripherals.${part}`;
  const value = subject.device.peripherals[part];
  const now = said(subject, field, value);
  const change = subject.changes.find((each) => each.field === field);
  if (!change || !isNamed(change.from)) return [];
  const evidence: Finding['evidence'] = [now, asBefore(change), ownState(subject)];
  if (!isNamed(value)) return [{ code: PARTS[part], evidence }];
  return isSamePart(change.from, value) ? [] : [{ code: 'part-swapped', evidence }];
}

const isNamed = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Windows counts the ports a part was plugged into: "Microphone (2- Built-in Audio)" is the same one. */
const bare = (name: string) =>
  name
    .replace(/\(\d+- /g, '(')
    .trim()
    .toLowerCase();

const isSamePart = (one: string, other: string): boolean => bare(one) === bare(other);
