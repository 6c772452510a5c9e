import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '#lib/domain/budget/budget.ts';
import { DOCTOR_STEPS, type HealthCheckOutput } from '#lib/domain/diagnostics/doctor.ts';
import { createBudget } from '#lib/services/budget/budget.ts';
import { lookUp } from '#lib/services/devices/look-up.ts';
import { type App, callerOf, explain, openApp, person } from '#lib/testing/app.ts';
import { checkConnection } from './check-connection.ts';

let app: App;
beforeAll(async () => {
  app = await openApp({ flags: ['--rooms', '5'] });
});
afterAll(() => app.close());

const admin = person('admin');

async function all(pieces: Promise<AsyncGenerator<HealthCheckOutput>>): Promise<HealthCheckOutput[]> {
  const results: HealthCheckOutput[] = [];
  for await (const each of await pieces) results.push(each);
  return results;
}

test('two people who start a health check at once share one run, and the next one is another run', async () => {
  const { services, simulator } = app;
  const first = all(checkConnection(services, callerOf(admin)));
  const second = all(checkConnection(services, callerOf(person('admin'))));
  const [one, two] = await Promise.all([first, second]);
  expect(one).toHaveLength(DOCTOR_STEPS.length + 2);
  expect(two).toEqual(one);
  expect(one.at(-1)).toMatchObject({ kind: 'done', well: true });
  expect(await simulator.control('GET', '/calls')).toMatchObject({ counted: 3 });
  await all(checkConnection(services, callerOf(admin)));
  expect(await simulator.control('GET', '/calls')).toMatchObject({ counted: 6 });
});

test('a disconnected reader ends no run, and the result is in the audit log', async () => {
  const { services, simulator } = app;
  await simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'operator' });
  for await (const results of await checkConnection(services, callerOf(admin)))
    if (results.kind === 'begun') break;
  await all(checkConnection(services, callerOf(admin)));
  await services.audit.settled();
  const head = (await services.store.auditHead())?.seq ?? 0;
  const [entry] = await services.store.auditChain(head - 1, 1);
  expect(entry).toMatchObject({
    action: 'connection-checked',
    outcome: 'done',
    about: 'operator: operator-refused',
    who: { subject: admin.subject },
  });
});

test('a person who starts runs repeatedly waits, and may watch a run of another person', async () => {
  const { services, simulator } = app;
  const eager = person('admin', 'eager');
  await simulator.control('DELETE', '/faults');
  for (let nth = 0; nth < 5; nth += 1) await all(checkConnection(services, callerOf(eager)));
  await expect(checkConnection(services, callerOf(eager))).rejects.toMatchObject({
    reason: 'too-many-questions.person',
    retryAfterSeconds: expect.any(Number),
  });
  const other = checkConnection(services, callerOf(person('admin', 'other')));
  await other;
  expect(await all(checkConnection(services, callerOf(eager)))).toEqual(await all(other));
});

test('a run counts against the share of the person who started it, and needs three calls left', async () => {
  const small = await openApp({ flags: ['--rooms', '5'], monthlyCalls: 200 });
  const { services } = small;
  const used = async () => (await services.store.spenders(dayOf(small.clock.now())))[0];
  for (let nth = 0; nth < 5; nth += 1) await all(checkConnection(services, callerOf(admin)));
  expect(await used()).toEqual({ subject: admin.subject, calls: 15, unknownIds: 0 });
  for (let nth = 0; nth < 3; nth += 1) {
    await lookUp(services, callerOf(admin), { ref: { by: 'deviceId', id: '1234' }, insist: true }, explain);
  }
  services.budget = createBudget(services.store, small.clock, services.budget.allowance);
  await expect(checkConnection(services, callerOf(admin))).rejects.toMatchObject({
    reason: 'too-many-questions.daily-share',
    values: { share: '20' },
  });
  expect(await used()).toMatchObject({ calls: 18 });
  expect((await all(checkConnection(services, callerOf(person('admin', 'other'))))).at(-1)).toMatchObject({
    kind: 'done',
  });
  await small.close();
});
