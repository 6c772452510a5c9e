import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Credential } from '#lib/domain/access/access.ts';
import { SECRET_LIMITS, SECRET_WINDOW_MS } from '#lib/domain/access/secret-use.ts';
import { EVERY_ENTRY } from '#lib/domain/audit/audit-filter.ts';
import { createAudit } from '#lib/services/audit/audit.ts';
import { reveal } from '#lib/services/devices/reveal.ts';
import { describeService } from '#lib/services/diagnostics/describe-system.ts';
import { type App, callerOf, credentialCallerOf, openApp, person } from '#lib/testing/app.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { searchBySecret } from './search-by-secret.ts';

const LIMIT = SECRET_LIMITS.search.person;
const from = { address: '192.0.2.7', requestId: 'asked' };
const session = (operator = person('admin', 'operator')): Credential => ({
  by: 'session',
  id: 'session',
  claims: {},
  operator,
});
const someone = (name: string) => session({ ...person('admin', 'operator'), subject: `test:${name}`, name });
let app: App;
beforeAll(async () => {
  app = await openApp();
});
beforeEach(async () => {
  await app.reset();
  await recordKnownWorld(app.services.store, app.clock.now() - 1_000);
  // Every test starts with the hour, so that none crosses its end.
  app.clock.move(SECRET_WINDOW_MS - (app.clock.now() % SECRET_WINDOW_MS));
});
afterAll(() => app.close());

const find = (text: string, credential = session(), given = from) =>
  searchBySecret(app.services, credentialCallerOf(credential, given), text);
const reasonOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error) => error.reason,
  );

async function entries() {
  await app.services.audit.settled();
  return (await app.services.store.auditEntries(EVERY_ENTRY, null, 500)).reverse();
}

describe('a search by secret finds a device', () => {
  test.each([
    ['839201', 'cast-code', null],
    [' A@SIP.example\n', 'sip-account', null],
    ['55501', 'cast-code', 'Panel'],
  ])('%s', async (text, by, controller) => {
    const { matches, unknownIds, callsLeft } = await find(text);
    expect(matches.map(({ id, why }) => [id, why])).toEqual([
      ['1001', { by, text: text.trim(), exact: true, controller }],
    ]);
    expect({ unknownIds, callsLeft }).toEqual({ unknownIds: [], callsLeft: null });
  });

  test.each(['83920', '8392011', '8', '1001', 'sn-0001', 'Wall', 'union-1', '10.0.0.1'])(
    'not by %s, which is a part of one, another identifier or a name',
    async (text) => {
      expect((await find(text)).matches).toEqual([]);
    },
  );

  test.each(['', '  ', '839201 839202', '839201\n1', 'x'.repeat(129)])(
    'only when the text is one word, which “%.20s” is not',
    async (text) => {
      expect(await reasonOf(find(text))).toBe('invalid-question.parameter');
      expect(await entries()).toEqual([]);
    },
  );
});

describe('a search by secret is audited', () => {
  test('with person, address and result, and never with the text', async () => {
    await find('839201');
    await find('839202');
    const found = await entries();
    expect(found).toMatchObject([
      {
        action: 'searched-by-secret',
        outcome: 'done',
        target: { kind: 'device', id: '1001' },
        ...from,
        about: 'found=1',
        who: { subject: 'test:operator', role: 'admin' },
      },
      { action: 'searched-by-secret', outcome: 'done', target: { kind: 'fleet' }, about: 'found=0' },
    ]);
    const said = JSON.stringify(found.map(({ hash: _hash, seal: _seal, keyId: _key, ...entry }) => entry));
    expect(said).not.toMatch(/83920/);
  });

  test('and is not answered when it cannot be recorded', async () => {
    const audit = createAudit({
      sealer: { keyId: 'none', sealOf: () => 'none', sealBy: () => null },
      clock: app.clock,
      warn: () => undefined,
      store: { recordAudits: () => Promise.reject(new Error('the disk is full')) },
    });
    const broken = { ...app.services, store: app.services.store, audit };
    expect(await reasonOf(searchBySecret(broken, credentialCallerOf(session(), from), '839201'))).toBe(
      'internal.audit',
    );
  });

  test.each<[string, Credential, string]>([
    ['an admin’s API token', { by: 'token', id: 't', operator: person('admin') }, 'not-permitted.token'],
    ['support', session(person('support')), 'not-permitted.role'],
    ['a viewer', session(person('viewer')), 'not-permitted.role'],
  ])('also when it is refused: %s', async (_who, credential, reason) => {
    expect(await reasonOf(find('839201', credential))).toBe(reason);
    expect(await entries()).toMatchObject([
      { action: 'searched-by-secret', outcome: 'refused', about: null },
    ]);
    expect(await app.services.store.secretUses(0)).toEqual([]);
  });
});

describe('the limit of searches by secret', () => {
  const guess = (times: number, credential = session(), given = from) =>
    Promise.all(Array.from({ length: times }, (_, at) => reasonOf(find(`9000${at}`, credential, given))));
  const refused = (said: string[]) => said.filter((each) => each === 'too-many-questions.secrets').length;

  test('is ten searches of a person within an hour, from any address', async () => {
    const places = Array.from({ length: LIMIT + 5 }, (_, at) => ({ ...from, address: `192.0.2.${at}` }));
    const said = await Promise.all(places.map((place, at) => reasonOf(find(`9000${at}`, session(), place))));
    expect(refused(said)).toBe(5);
    expect(await reasonOf(find('839201'))).toBe('too-many-questions.secrets');
    expect(await reasonOf(find('839201', someone('other')))).toBe('answered');
    const error = await find('839201').catch((thrown) => thrown);
    expect(error.retryAfterSeconds).toBeGreaterThan(SECRET_WINDOW_MS / 1_000 - 300);
    expect(error.retryAfterSeconds).toBeLessThanOrEqual(SECRET_WINDOW_MS / 1_000);
    app.clock.move(SECRET_WINDOW_MS);
    expect(await reasonOf(find('839201'))).toBe('answered');
  });

  test('applies to an address, whoever searches from there', async () => {
    const said: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) said.push(...(await guess(LIMIT, someone(name))));
    expect(refused(said)).toBe(4 * LIMIT - SECRET_LIMITS.search.address);
  });

  test('leaves one entry, a summary that counts the rest, and a service issue with the person', async () => {
    await guess(LIMIT + 100);
    const refusals = async () => (await entries()).filter(({ outcome }) => outcome === 'refused');
    expect(await refusals()).toMatchObject([
      { action: 'searched-by-secret', about: 'limit=person', who: { subject: 'test:operator' } },
    ]);
    expect(app.warnings.filter((each) => each === 'limit of secrets exceeded')).toHaveLength(1);
    const { troubles } = await describeService(app.services, person('admin'));
    const [evidence] = troubles.find(({ code }) => code === 'secret-limit-exceeded')?.evidence ?? [];
    expect(evidence).toMatchObject({ what: 'secret-searches', value: 'admin (test:operator): 110 / 10' });
    app.clock.move(25 * SECRET_WINDOW_MS);
    const later = await describeService(app.services, person('admin'));
    expect(later.troubles.map(({ code }) => code)).not.toContain('secret-limit-exceeded');
    await app.services.audit.close();
    expect((await refusals()).at(-1)?.about).toMatch(/^limit=person&repeated=99&since=/);
  });

  test('is separate from that of reveals, which raise the same service issue', async () => {
    const ask = () => {
      const secret = { ref: { by: 'deviceId', id: '1001' }, field: 'castCode', controller: null } as const;
      return reasonOf(
        reveal(app.services, callerOf(session().operator, from), { secret, reason: 'A guest' }),
      );
    };
    await guess(LIMIT);
    const said: string[] = [];
    for (let at = 0; at < SECRET_LIMITS.reveal.person + 3; at++) said.push(await ask());
    expect(refused(said)).toBe(3);
    const shown = (await entries()).filter(({ action }) => action === 'revealed');
    expect(shown.filter(({ outcome }) => outcome === 'done')).toHaveLength(SECRET_LIMITS.reveal.person);
    const { troubles } = await describeService(app.services, person('admin'));
    expect(troubles).toContainEqual(
      expect.objectContaining({
        code: 'secret-limit-exceeded',
        evidence: [
          expect.objectContaining({ what: 'secret-reveals', value: 'admin (test:operator): 23 / 20' }),
        ],
      }),
    );
  });
});
