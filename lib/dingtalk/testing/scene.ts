import { expect } from 'vitest';
import type { UpstreamCall } from '#lib/dingtalk/client/call.ts';
import { createDingTalk, type DingTalk, type DingTalkOptions } from '#lib/dingtalk/dingtalk.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { AppError } from '#lib/domain/errors.ts';
import { createJumpingClock, type JumpingClock } from './jumping-clock.ts';
import { json, type ScriptedUpstream, startUpstream } from './scripted-upstream.ts';

/** Values that may never be seen outside; each occurs in requests and answers of every scene. */
export const CANARIES = ['canary-client-secret', 'canary-access-token', 'canary-user-token'];

export const DEVICES = '/v1.0/rooms/devices';
export const TOKEN = '/v1.0/oauth2/dingcorp/token';

export const goodToken = json(200, { access_token: 'canary-access-token', expires_in: 7200 });

/** The room under test with a scripted DingTalk one socket away. */
export type Scene = {
  upstream: ScriptedUpstream;
  clock: JumpingClock;
  dingtalk: DingTalk;
  calls: UpstreamCall[];
  /** The device query of device 1234 with 10 seconds, unless told otherwise. */
  ask(budgetMs?: number): ReturnType<DingTalk['queryDevice']>;
  close(): Promise<void>;
};

export async function openScene(options: Partial<DingTalkOptions> = {}): Promise<Scene> {
  const upstream = await startUpstream();
  upstream.on(TOKEN, goodToken);
  upstream.on(DEVICES, json(200, { result: { deviceId: '1234' } }));
  const clock = createJumpingClock();
  const calls: UpstreamCall[] = [];
  const dingtalk = createDingTalk({
    apiOrigin: upstream.origin,
    oapiOrigin: upstream.origin,
    loginOrigin: 'https://login.test',
    clientId: 'client',
    clientSecret: 'canary-client-secret',
    corpId: 'dingcorp',
    // Only tests of the rate itself are held back by it.
    callsPerSecond: Number.POSITIVE_INFINITY,
    clock: clock as Clock,
    random: () => 0,
    onCall: (call) => calls.push(call),
    ...options,
  });
  return {
    upstream,
    clock,
    dingtalk,
    calls,
    ask: (budgetMs = 10_000) =>
      dingtalk.queryDevice({ by: 'deviceId', id: '1234' }, 'operator', { budgetMs, purpose: 'look-up' }),
    async close() {
      expect(JSON.stringify(calls)).not.toMatch(/canary/);
      await Promise.all([dingtalk.close(), upstream.close()]);
    },
  };
}

/** The AppError a promise fails with, after looking for secrets in every corner of it. */
export async function failure(promise: Promise<unknown>): Promise<AppError> {
  const thrown = await promise.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error,
  );
  expect(everythingIn(thrown)).not.toMatch(/canary/);
  expect(thrown).toBeInstanceOf(AppError);
  return thrown as AppError;
}

/** All text that a log, a screen or a debugger could get out of an error, its causes included. */
export function everythingIn(thrown: unknown): string {
  if (!(thrown instanceof Error)) return JSON.stringify(thrown) ?? String(thrown);
  const own = Object.getOwnPropertyNames(thrown).map((name) => Reflect.get(thrown, name) as unknown);
  const parts = own.map((value) =>
    value instanceof Error ? everythingIn(value) : String(JSON.stringify(value)),
  );
  return [thrown.message, thrown.stack, JSON.stringify(thrown), ...parts].join('\n');
}
