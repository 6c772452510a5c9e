import type { Device } from '#lib/domain/devices/device.ts';
import {
  controllerIdentifiersOf,
  type IdentifierKind,
  identifiersOf,
  type KnownIdentifier,
  normalIdentifier,
} from '#lib/domain/search/identifier-kind.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';

/** The position of an identifier that the device itself bears, not one of its controllers. */
export const OWN = -1;

/** Names a device goes by although its answers may leave them out. */
export type AskedNames = { deviceId: string | null; unionId: string | null };

/** An identifier with who bears it, as the table has it without the device's key. */
export type IdentifierRow = KnownIdentifier & { position: number };

/** Every identifier of a device and its controllers, each once. */
export function identifierRows(device: Device, asked: AskedNames): IdentifierRow[] {
  const own = [
    ...identifiersOf(device),
    ...named('device-id', asked.deviceId),
    ...named('union-id', asked.unionId),
  ].map((each) => ({ ...each, position: OWN }));
  const others = device.controllers.flatMap((controller, position) =>
    controllerIdentifiersOf(controller).map((each) => ({ ...each, position })),
  );
  return distinct([...own, ...others].map((row) => ({ ...row, value: plainColumn(row.value) })));
}

function named(kind: IdentifierKind, name: string | null): KnownIdentifier[] {
  return name === null ? [] : [{ kind, value: normalIdentifier(kind, name) }];
}

function distinct(rows: IdentifierRow[]): IdentifierRow[] {
  return [...new Map(rows.map((row) => [`${row.position} ${row.kind} ${row.value}`, row])).values()];
}
