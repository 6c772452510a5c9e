import type { Caller } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { mayNameDevice } from '#lib/domain/devices/union-id.ts';
import { type Label, type LabelQuestion, MOST_LABELS } from '#lib/domain/inventory/label.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { listFleet } from './list-fleet.ts';
import { shownDevice } from './shown-row.ts';

type Reading = Pick<ServiceContext, 'store' | 'clock' | 'inventory' | 'limits'>;

export type Labels = {
  labels: Label[];
  /** How many devices match. If they are more than `MOST_LABELS`, there are no labels. */
  total: number;
  /** Matching devices without a device ID, which is the only ID that everyone may see. */
  withoutId: number;
  /** Requested IDs that are not known. */
  unknown: number;
};

/** The labels of the requested devices, from the inventory; never calls DingTalk. Throws too-many-questions. */
export async function listLabels(
  context: Reading,
  caller: Caller,
  { devices, question }: Pick<LabelQuestion, 'devices' | 'question'>,
): Promise<Labels> {
  const { rows, total, unknown } =
    devices.length > 0
      ? await named(context, caller.operator, devices)
      : await ofView(context, caller, question);
  const labels = rows.flatMap(({ deviceId, name, room }) =>
    deviceId === null ? [] : [{ deviceId, name, room: room && (room.name ?? room.id) }],
  );
  return { labels, total, withoutId: rows.length - labels.length, unknown };
}

async function named({ inventory, clock }: Reading, { role }: Operator, ids: string[]) {
  const view = await inventory.current();
  const showing = { view, role, now: clock.now() };
  const found = ids
    .map((id) => view.fleet.get(id))
    .filter((row) => row !== undefined)
    .filter(({ device }) => mayNameDevice(role, device));
  const rows = found.length > MOST_LABELS ? [] : found.map((row) => shownDevice(showing, row));
  return { rows, total: found.length, unknown: ids.length - found.length };
}

async function ofView(context: Reading, caller: Caller, question: LabelQuestion['question']) {
  const page = { cursor: null, limit: MOST_LABELS };
  const { items, total } = await listFleet(context, caller, { question, page });
  return { rows: total > MOST_LABELS ? [] : items, total, unknown: 0 };
}
