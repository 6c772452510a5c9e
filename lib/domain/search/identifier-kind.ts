import { type Action, can, type Role } from '#lib/domain/access/operator.ts';
import type { Controller, Device } from '#lib/domain/devices/device.ts';

/** What an identifier of a device can be. */
export const IDENTIFIER_KINDS = [
  'device-id',
  'union-id',
  'serial',
  'mac',
  'ip',
  'cast-code',
  'sip-account',
] as const;

export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** What a person must be allowed to do to find something by this kind: to see it, or for secrets, which nobody sees, this. */
export const FOUND_BY: Record<IdentifierKind, Action> = {
  'device-id': 'see-state',
  'union-id': 'see-identity',
  serial: 'see-identity',
  mac: 'see-identity',
  ip: 'see-network',
  'cast-code': 'find-by-secret',
  'sip-account': 'find-by-secret',
};

/**
 * The kinds of identifiers that a role may find things by. Secrets are never among them: they are found one at a time,
 * counted and recorded (`lib/services/search/search-by-secret.ts`).
 */
export function findableKinds(role: Role): IdentifierKind[] {
  return IDENTIFIER_KINDS.filter((kind) => can(role, FOUND_BY[kind]) && !isSecretKind(kind));
}

/** The kinds of identifiers that let people act: cast codes and SIP accounts. */
export const SECRET_KINDS: IdentifierKind[] = ['cast-code', 'sip-account'];

/** Whether a kind lets somebody act, so that no part of it may be found out by trying. */
export const isSecretKind = (kind: IdentifierKind): boolean => FOUND_BY[kind] === 'find-by-secret';

/** An identifier as it is kept and compared: see `normalIdentifier`. */
export type KnownIdentifier = { kind: IdentifierKind; value: string };

/** One spelling for all: MACs as 12 hex digits, the rest in lower case, nothing around it. */
export function normalIdentifier(kind: IdentifierKind, text: string): string {
  // Small letters may come in pieces, and the pieces of some marks are white space.
  const bare = text.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
  return kind === 'mac' ? bare.replace(/[:.\-\s]/g, '') : bare;
}

/** Every identifier that a device says of itself. Network MACs are wired and wireless ones too. */
export function identifiersOf(device: Device): KnownIdentifier[] {
  return kept([
    ...common(device),
    ['ip', device.network.ip],
    ['mac', device.network.wifiMac],
    ['mac', device.network.wiredMac],
    ['sip-account', device.sipAccount],
  ]);
}

/** Every identifier that a controller says of itself. */
export function controllerIdentifiersOf(controller: Controller): KnownIdentifier[] {
  return kept(common(controller));
}

type Said = [IdentifierKind, string | null];

const common = (unit: Device | Controller): Said[] => [
  ['device-id', unit.deviceId],
  ['union-id', unit.unionId],
  ['serial', unit.serial],
  ['mac', unit.mac],
  ['cast-code', unit.castCode],
];

function kept(said: Said[]): KnownIdentifier[] {
  const known = new Map<string, KnownIdentifier>();
  for (const [kind, text] of said) {
    const value = text === null ? '' : normalIdentifier(kind, text);
    if (value !== '') known.set(`${kind} ${value}`, { kind, value });
  }
  return [...known.values()];
}

/** What only one device can have: where two say the same, one of them is wrong. */
export const ONE_DEVICES_ALONE: IdentifierKind[] = ['serial', 'mac', 'ip', 'cast-code', 'sip-account'];
