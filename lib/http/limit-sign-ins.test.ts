import { expect, test } from 'vitest';
import type { AppError } from '#lib/domain/errors.ts';
import { createLimits } from '#lib/services/limits.ts';
import { limitSignIns } from './limit-sign-ins.ts';

const COOKIE = 'rooms-desk.session';
const REFUSED = 'too-many-questions.sign-ins';

/** A server whose limits let three sign-ins of an address fail; what next-auth answers is given. */
function scene(setCookie?: string) {
  const limits = createLimits({ questions: 1, searches: 1, signIns: 9 });
  const handled: string[] = [];
  const ask = (action: string, method = 'GET', address = '192.0.2.7') =>
    limitSignIns(limits, { action, method, address }, COOKIE, async () => {
      handled.push(action);
      return new Response(null, setCookie ? { headers: { 'Set-Cookie': setCookie } } : {});
    }).then(
      () => 'handled',
      (error: AppError) => error.reason,
    );
  const many = (times: number, ...asked: Parameters<typeof ask>) =>
    Promise.all(Array.from({ length: times }, () => ask(...asked)));
  return { ask, many, handled };
}

test('150 bad codes at once are three that reach the provider', async () => {
  const { many, handled } = scene();
  const said = await many(150, 'callback');
  expect(handled).toHaveLength(3);
  expect(said.filter((each) => each === REFUSED)).toHaveLength(147);
});

test('a form that posts its answer is limited as a redirect is', async () => {
  const { many, handled } = scene(`${COOKIE}=; Max-Age=0`);
  await many(150, 'callback', 'POST');
  expect(handled).toHaveLength(3);
});

test('sign-ins that succeed are limited by the minute alone', async () => {
  const { ask, handled } = scene(`${COOKIE}=secret; Path=/`);
  for (let time = 0; time < 12; time++) await ask('callback');
  expect(handled).toHaveLength(9);
});

test('150 starts at once send nine browsers to the provider', async () => {
  const { many, handled } = scene();
  await many(150, 'signin', 'POST');
  expect(handled).toHaveLength(9);
});

test.each(['csrf', 'providers', 'session', 'signout', 'error'])('%s has no such limit', async (action) => {
  const { many, handled } = scene();
  await many(50, action);
  expect(handled).toHaveLength(50);
});
