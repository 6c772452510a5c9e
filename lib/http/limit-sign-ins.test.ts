import { expect, test } from 'vitest';
import type { AppError } from '#lib/domain/errors.ts';
import { createLimits } from '#lib/services/access/limits.ts';
import { limitSignIns } from './limit-sign-ins.ts';

const REFUSED = 'too-many-questions.sign-ins';

/** A server that lets an address start nine sign-ins a minute; whether a sign-in waits for a callback is given. */
function scene() {
  const limits = createLimits({ questions: 1, searches: 1, signIns: 9 });
  const handled: string[] = [];
  const ask = (action: string, { method = 'GET', waits = false, headers = {} } = {}) => {
    const isAwaited = async () => waits;
    const asked = { action, method, headers: new Headers(headers), address: '192.0.2.7', isAwaited };
    return limitSignIns(limits, asked, async () => {
      handled.push(action);
      return new Response();
    }).then(
      () => 'handled',
      (error: AppError) => error.reason,
    );
  };
  const many = (times: number, ...asked: Parameters<typeof ask>) =>
    Promise.all(Array.from({ length: times }, () => ask(...asked)));
  return { ask, many, handled, limits };
}

test('150 callbacks without a pending sign-in block neither a pending one nor a start', async () => {
  const { ask, many, handled, limits } = scene();
  const said = await many(150, 'callback');
  expect(handled).toHaveLength(9);
  expect(said.filter((each) => each === REFUSED)).toHaveLength(141);
  expect(await ask('callback', { waits: true })).toBe('handled');
  expect(await ask('callback', { waits: true, method: 'POST' })).toBe('handled');
  expect(await ask('signin', { method: 'POST' })).toBe('handled');
  await expect(limits.askProvider({ address: '192.0.2.7' })).resolves.toBeTypeOf('function');
});

test('150 simultaneous starts send nine browsers to the provider', async () => {
  const { many, handled } = scene();
  await many(150, 'signin', { method: 'POST' });
  expect(handled).toHaveLength(9);
});

test.each([
  ['callback', 'GET', 'sec-fetch-dest', 'image'],
  ['callback', 'GET', 'sec-fetch-dest', 'iframe'],
  ['callback', 'POST', 'sec-fetch-site', 'cross-site'],
  ['callback', 'POST', 'sec-fetch-site', 'same-site'],
  ['signin', 'POST', 'sec-fetch-site', 'cross-site'],
])(
  '%s by %s with %s: %s is from another site’s page and is not counted',
  async (action, method, name, said) => {
    const { ask, many, handled } = scene();
    const all = await many(50, action, { method, headers: { [name]: said } });
    expect(new Set(all)).toEqual(new Set(['not-permitted.foreign-page']));
    expect(handled).toEqual([]);
    const own = method === 'GET' ? { 'sec-fetch-dest': 'document' } : { 'sec-fetch-site': 'same-origin' };
    for (let time = 0; time < 9; time++) expect(await ask(action, { method, headers: own })).toBe('handled');
  },
);

test.each(['document', 'empty'])('a callback as %s is handled', async (dest) => {
  const headers = { 'sec-fetch-dest': dest, 'sec-fetch-site': 'cross-site' };
  expect(await scene().ask('callback', { headers, waits: true })).toBe('handled');
});

test.each(['csrf', 'providers', 'session', 'signout', 'error'])('%s has no such limit', async (action) => {
  const { many, handled } = scene();
  await many(50, action);
  expect(handled).toHaveLength(50);
});
