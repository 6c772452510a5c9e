import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AccessFact } from '#lib/domain/access/access.ts';
import { type App, credentialCallerOf, openApp } from '#lib/testing/app.ts';
import type { TestClaims } from '#lib/testing/instance.ts';
import { createToken } from './api-tokens.ts';

const HOUR = 3_600_000;
const from = { address: '192.0.2.7', agent: null, requestId: 'r', replaces: undefined };
const BY_UNION_ID = '/topapi/user/getbyunionid';

const claimsOf = (unionId: string, role: TestClaims['role'] = 'admin'): TestClaims => ({
  sub: `dingtalk:${unionId}`,
  name: unionId,
  unionId,
  role,
});

let app: App;
const facts: AccessFact[] = [];
beforeAll(async () => {
  app = await openApp({ onFact: async (fact) => void facts.push(fact) });
});
beforeEach(async () => {
  await app.reset();
  facts.length = 0;
});
afterAll(() => app.close());

const sessions = () => app.services.access.sessions;
const begin = (unionId: string) => sessions().begin(claimsOf(unionId), from);
/** Opens a session after its cached answer has expired. */
async function openLater(secret: string) {
  app.clock.pass(1_010);
  return sessions().open(secret);
}
async function asked(): Promise<number> {
  const { paths } = await app.simulator.control<{ paths: Record<string, { calls: number }> }>(
    'GET',
    '/calls',
  );
  return paths[`POST ${BY_UNION_ID}`]?.calls ?? 0;
}

describe('the employment check', () => {
  test('runs at most once an hour, and only while the person uses Rooms Desk', async () => {
    const secret = await begin('simSupportUnionId');
    expect(await openLater(secret), 'just signed in').not.toBeNull();
    expect(await asked()).toBe(0);
    app.clock.move(HOUR);
    expect(await asked(), 'nobody is signed in').toBe(0);
    expect(await openLater(secret)).not.toBeNull();
    await expect.poll(asked).toBe(1);
    for (let time = 0; time < 3; time += 1) {
      app.clock.move(HOUR / 5);
      expect(await openLater(secret)).not.toBeNull();
    }
    expect(await asked()).toBe(1);
    expect(app.warnings).toEqual([]);
  });

  test('ends all sessions and tokens of a person who left, and those of nobody else', async () => {
    const [here, there, stays] = [
      await begin('simSupportUnionId'),
      await begin('simSupportUnionId'),
      await begin('simAdminUnionId'),
    ];
    const credential = await sessions().open(here);
    if (!credential) throw new Error('no session');
    const order = { name: 'x', role: 'admin', days: 30 } as const;
    const { value } = await createToken(app.services, credentialCallerOf(credential, from), order);
    facts.length = 0;
    await app.simulator.control('DELETE', '/people/simSupportUnionId');
    app.clock.move(HOUR);
    expect(await openLater(here), 'the request does not wait for DingTalk').not.toBeNull();
    await expect.poll(() => sessions().open(here)).toBeNull();
    expect(await sessions().open(there)).toBeNull();
    await expect.poll(() => app.services.access.tokens.open(value)).toBeNull();
    expect(await openLater(stays)).not.toBeNull();
    await expect.poll(() => facts.map(({ what }) => what)).toEqual(['sessions-ended', 'token-revoked']);
    expect(app.warnings).toContain('person left');
  });

  test('runs for the creator of a token that is used', async () => {
    const credential = await sessions().open(await begin('simSupportUnionId'));
    if (!credential) throw new Error('no session');
    const order = { name: 'x', role: 'viewer', days: 30 } as const;
    const { value } = await createToken(app.services, credentialCallerOf(credential, from), order);
    await app.simulator.control('DELETE', '/people/simSupportUnionId');
    app.clock.move(HOUR);
    expect(await app.services.access.tokens.open(value)).not.toBeNull();
    await expect.poll(() => app.services.access.tokens.open(value)).toBeNull();
  });

  test('also rejects an external contact', async () => {
    const secret = await begin('simExternalUnionId');
    app.clock.move(HOUR);
    await openLater(secret);
    await expect.poll(() => sessions().open(secret)).toBeNull();
  });

  test('signs nobody out while DingTalk is unreachable, reports it and tries again', async () => {
    const secret = await begin('simSupportUnionId');
    await app.simulator.control('PUT', '/faults', { path: BY_UNION_ID, fault: 'http-500' });
    await app.simulator.control('DELETE', '/people/simSupportUnionId');
    app.clock.move(HOUR);
    expect(await openLater(secret)).not.toBeNull();
    await expect.poll(() => app.warnings).toEqual(['person not checked']);
    expect(await openLater(secret)).not.toBeNull();
    await app.simulator.control('DELETE', '/faults');
    expect(await openLater(secret), 'not at every press').not.toBeNull();
    app.clock.move(5 * 60_000);
    await openLater(secret);
    await expect.poll(() => sessions().open(secret)).toBeNull();
  });

  test.each([
    ['html-200', {}],
    ['redirect', {}],
    ['json-200', { body: { errcode: 404, errmsg: 'x' } }],
    ['errcode-200', { errcode: 88, sub_code: '40014' }],
  ])('signs nobody out for the answers of a wrong host (%s %o)', async (fault, args) => {
    const secret = await begin('simSupportUnionId');
    await app.simulator.control('PUT', '/faults', { path: BY_UNION_ID, fault, ...args });
    app.clock.move(HOUR);
    expect(await openLater(secret)).not.toBeNull();
    await expect.poll(() => app.warnings).toEqual(['person not checked']);
    expect(await openLater(secret)).not.toBeNull();
    expect(facts.map(({ what }) => what)).toEqual(['signed-in']);
  });

  test('does not run for people of another provider', async () => {
    const unknownPerson: TestClaims = { ...claimsOf('x'), unionId: null };
    const secret = await sessions().begin(unknownPerson, from);
    app.clock.move(HOUR);
    expect(await openLater(secret)).not.toBeNull();
    expect(await asked()).toBe(0);
  });
});
