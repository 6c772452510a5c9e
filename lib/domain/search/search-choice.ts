import { type DeviceRef, devicePath } from '#lib/domain/devices/device-ref.ts';

// Shorter words are more often a name that nobody here bears than a union id; asking for one spends a call.
const LEAST_UNION_ID = 16;

type Found = { matches: { path: string; why: { exact: boolean } }[]; unknownIds: DeviceRef[] };

/**
 * Where a search leads at once: its one exact match, its only match, or the one id that nobody here knows and that
 * is surely an id. Null where a person has to choose.
 */
export function chosenPath({ matches, unknownIds }: Found): string | null {
  const exact = matches.filter(({ why }) => why.exact);
  const [only, another] = exact.length > 0 ? exact : matches;
  const [asked, more] = unknownIds;
  if (only) return another || asked ? null : only.path;
  return asked && !more && isSurelyAnId(asked) ? devicePath(asked) : null;
}

const isSurelyAnId = ({ by, id }: DeviceRef) => by === 'deviceId' || id.length >= LEAST_UNION_ID;
