import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NO_REQUEST } from '#lib/domain/access/access.ts';
import { EVERY_ENTRY } from '#lib/domain/audit/audit-filter.ts';
import { createOwnOrganisation } from '#lib/services/access/own-organisation.ts';
import { createAudit } from '#lib/services/audit/audit.ts';
import type { Store } from '#lib/store/store.ts';
import { SEALER } from '#lib/testing/audit.ts';
import { manualClock } from '#lib/testing/clocks/manual-clock.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { reading } from '#lib/testing/reading.ts';
import { receiveEvent } from './receive-event.ts';

const OTHER = 'dingothercorp';
const clock = manualClock();

describe.each(ENGINES)('an event on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  let serial = 0;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
  });

  const contextOf = (configured: string | null) => ({
    store,
    clock,
    organisation: createOwnOrganisation(store, configured, clock),
    audit: createAudit({ store, sealer: SEALER, clock, warn: (fact) => expect.unreachable(fact) }),
  });
  const receive = (context: ReturnType<typeof contextOf>, corpId?: string) => {
    serial += 1;
    const event = { eventId: `${serial}`, type: 'a_type', bornAt: null, body: {} };
    return receiveEvent(context, corpId === undefined ? event : { ...event, corpId }, 'callback', NO_REQUEST);
  };
  const readDevice = (id: string, corpId: string | null) =>
    store.recordReading({ by: 'deviceId', id }, reading({ device: { deviceId: id, unionId: null, corpId } }));
  const refused = { reason: 'not-permitted.callback' };

  test('of another organization than the configured one is not applied, and audited once with a count', async () => {
    const context = contextOf('dingcorp');
    for (let time = 0; time < 5; time += 1) {
      await expect(receive(context, OTHER)).rejects.toMatchObject(refused);
    }
    expect(await receive(context, 'dingcorp')).toBe('unrecognised');
    expect(await receive(context)).toBe('unrecognised');
    expect((await store.events({ deviceId: null, type: null }, null, 10)).items).toHaveLength(2);
    await context.audit.close();
    expect(await store.auditEntries(EVERY_ENTRY, null, 10)).toMatchObject([
      {
        action: 'event-refused',
        outcome: 'refused',
        about: expect.stringMatching(/^CorpId dingothercorp&repeated=4&/),
      },
      { action: 'event-refused', outcome: 'refused', about: 'CorpId dingothercorp' },
    ]);
  });

  test('is compared with the organization of the known devices where none is configured', async () => {
    const context = contextOf(null);
    await readDevice('0', OTHER);
    expect(await receive(context, 'dingcorp'), 'one device proves nothing').toBe('unrecognised');
    for (let id = 1; id < 20; id += 1) await readDevice(`${id}`, id === 7 ? null : 'dingcorp');
    await clock.pass(60_000);
    await expect(receive(context, OTHER)).rejects.toMatchObject(refused);
    expect(await receive(context, 'dingcorp')).toBe('unrecognised');
    for (let id = 1; id < 9; id += 1) await readDevice(`other ${id}`, OTHER);
    await clock.pass(60_000);
    expect(await receive(context, OTHER), 'devices disagree').toBe('unrecognised');
    await context.audit.close();
  });
});
