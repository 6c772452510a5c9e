import type { Transaction } from 'kysely';
import type { Device } from '#lib/domain/devices/device.ts';
import type { ReadingSource } from '#lib/domain/devices/reading.ts';
import type { Tables } from '#lib/store/schema.ts';
import { PLAIN_VAULT } from '#lib/store/sealing/vault.ts';
import { observe } from './observe.ts';

/** How many readings are in memory at a time. */
const PAGE = 500;

/** Brings an empty inventory up to date with readings from before there was one, as if each came in just now. */
export async function replayReadings(trx: Transaction<Tables>): Promise<void> {
  let last = { device_key: '', observed_at: -1, id: '' };
  for (;;) {
    const rows = await pageAfter(trx, last);
    for (const row of rows) {
      const asked = row.asked_union_id;
      await observe(
        { trx, vault: PLAIN_VAULT },
        row.id,
        asked === null ? { by: 'deviceId', id: row.device_key } : { by: 'unionId', id: asked },
        {
          device: JSON.parse(row.device) as Device,
          observedAt: row.observed_at,
          source: row.source as ReadingSource,
          operatorUnionId: row.operator_union_id,
          raw: {},
        },
      );
    }
    const end = rows.at(-1);
    if (!end) return;
    last = end;
  }
}

function pageAfter(trx: Transaction<Tables>, last: { device_key: string; observed_at: number; id: string }) {
  return trx
    .selectFrom('readings')
    .selectAll()
    .where((each) =>
      each(
        each.refTuple('device_key', 'observed_at', 'id'),
        '>',
        each.tuple(last.device_key, last.observed_at, last.id),
      ),
    )
    .orderBy('device_key')
    .orderBy('observed_at')
    .orderBy('id')
    .limit(PAGE)
    .execute();
}
