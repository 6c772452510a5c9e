import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EVERY_ENTRY } from '#lib/domain/audit/audit-filter.ts';
import { EVERY_DEVICE } from '#lib/domain/inventory/fleet-filter.ts';
import { type Audit, createAudit } from '#lib/services/audit/audit.ts';
import { startDiscovery } from '#lib/services/discovery/start-discovery.ts';
import { fleetCsv } from '#lib/services/inventory/fleet-csv.ts';
import { type App, callerOf, openApp, person } from '#lib/testing/app.ts';
import { checkOf } from '#lib/testing/audit.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { lookUp } from './look-up.ts';
import { reveal } from './reveal.ts';

// This person queried the known world.
const admin = person('admin', 'operator');
const REF = { by: 'deviceId', id: '1001' } as const;
const from = { address: '192.0.2.7', requestId: 'asked' };
let app: App;
beforeAll(async () => {
  app = await openApp();
});
beforeEach(async () => {
  await app.reset();
  await recordKnownWorld(app.services.store, app.clock.now() - 1_000);
});
afterAll(() => app.close());

const ask = (given: Partial<Parameters<typeof reveal>[2]['secret']> = {}, as = admin) =>
  reveal(app.services, callerOf(as, from), {
    secret: { ref: REF, field: 'castCode', controller: null, ...given },
    reason: 'A guest cannot cast',
  });

async function entries() {
  await app.services.audit.settled();
  const found = await app.services.store.auditEntries(EVERY_ENTRY, null, 100);
  return found.map(({ action, outcome, about }) => [action, outcome, about]).reverse();
}

/** The same services with an audit log that cannot be written. */
function withoutAudit() {
  const { store, clock } = app.services;
  const sealer = { keyId: 'none', sealOf: () => 'none', sealBy: () => null };
  const recordAudits = () => Promise.reject(new Error('the disk is full'));
  const warnings: string[] = [];
  const audit: Audit = createAudit({
    sealer,
    clock,
    store: { recordAudits },
    warn: (fact) => void warnings.push(fact),
  });
  return { services: { ...app.services, store, audit }, warnings };
}

describe('a revealed secret', () => {
  test('is returned for half a minute, after the person and the reason are audited', async () => {
    expect(await ask()).toEqual({ value: '839201', hideAfterSeconds: 30 });
    expect(await ask({ field: 'sipAccount' })).toMatchObject({ value: 'a@sip.example' });
    expect(await ask({ controller: '2001' })).toMatchObject({ value: '55501' });
    expect(await ask({ controller: 'PanelU' })).toMatchObject({ value: '55501' });
    expect(await ask({ ref: { by: 'deviceId', id: '1002' } })).toMatchObject({ value: null });
    const [first] = await app.services.store.auditChain(0, 1);
    expect(first).toMatchObject({
      action: 'revealed',
      outcome: 'done',
      about: 'castCode',
      reason: 'A guest cannot cast',
      ...from,
      who: { subject: admin.subject, name: 'admin', role: 'admin' },
      target: { kind: 'device', id: '1001' },
    });
    expect((await entries()).map(([, , about]) => about)).toEqual([
      ...['castCode', 'sipAccount', 'controllers.2001.castCode', 'controllers.PanelU.castCode', 'castCode'],
    ]);
    expect(JSON.stringify(await app.services.store.auditChain(0, 9))).not.toMatch(/839201|a@sip|55501/);
    expect(await checkOf(app.services.store)).toMatchObject({ entries: 5, broken: null });
  });

  test('is refused without permission, for unknown devices, and for a foreign controller', async () => {
    await expect(ask({}, person('support'))).rejects.toThrow('not-permitted.role');
    await expect(ask({ ref: { by: 'deviceId', id: '9' } })).rejects.toThrow('device-not-found.not-known-yet');
    await expect(ask({ controller: '1001' })).rejects.toThrow('invalid-question.parameter');
    expect(await entries()).toEqual([]);
  });
});

describe('when the audit log cannot be written', () => {
  test('reveals and exports nothing', async () => {
    const { services } = withoutAudit();
    const secret = { ref: REF, field: 'castCode', controller: null } as const;
    await expect(
      reveal(services, callerOf(admin, from), { secret, reason: 'A guest cannot cast' }),
    ).rejects.toThrow('internal.audit');
    await expect(fleetCsv(services, callerOf(admin, from), EVERY_DEVICE).next()).rejects.toThrow(
      'internal.audit',
    );
  });

  test('answers a device query and logs what is missing', async () => {
    const { services, warnings } = withoutAudit();
    const question = { ref: { by: 'deviceId', id: '1234' }, insist: true } as const;
    const answer = await lookUp(services, callerOf(person('admin'), from), question, () => ({}) as never);
    expect(answer.source).toBe('live');
    await services.audit.settled();
    expect(warnings).toEqual(['audit entry not written']);
  });
});

describe('also audited is', () => {
  const lookUpOf = (id: string, insist: boolean) =>
    lookUp(
      app.services,
      callerOf(person('admin'), from),
      { ref: { by: 'deviceId', id }, insist },
      () => ({}) as never,
    );

  test('a query that spent a call, and none that did not', async () => {
    await lookUpOf('1234', false);
    await lookUpOf('1234', false);
    await expect(lookUpOf('404404', true)).rejects.toThrow('device-not-found');
    expect(await entries()).toEqual([
      ['looked-up', 'done', null],
      ['looked-up', 'failed', 'device-not-found.device'],
    ]);
  });

  test('an export with its filters before it and its rows after it', async () => {
    for await (const piece of fleetCsv(app.services, callerOf(admin, from), {
      ...EVERY_DEVICE,
      q: 'screen',
    })) {
      expect(piece).not.toBe('');
    }
    const stopped = fleetCsv(app.services, callerOf(admin), EVERY_DEVICE);
    await stopped.next();
    await stopped.return(undefined);
    expect(await entries()).toEqual([
      ['exported', 'done', 'q=screen'],
      ['export-ended', 'done', 'rows=2'],
      ['exported', 'done', null],
      ['export-ended', 'failed', 'rows=0&stopped'],
    ]);
  });

  test('a discovery that a person started, not one that was running already', async () => {
    const { run } = await startDiscovery(app.services, callerOf(admin, from));
    await startDiscovery(app.services, callerOf(admin, from));
    expect(await entries()).toEqual([['discovery-started', 'done', run.id]]);
  });
});
