import { Calls } from './calls.ts';
import { Clock } from './clock.ts';
import { Faults } from './faults.ts';
import { Limits } from './limits.ts';
import type { Options } from './options.ts';
import { CORP_ID } from './people.ts';
import { SignIn } from './sign-in.ts';
import { Tokens } from './tokens.ts';
import { World } from './world/world.ts';

/** The one app that is registered here. */
export const APP = { clientId: 'dingsimulator', clientSecret: 'simulator-secret' } as const;

/** All state of one simulated DingTalk. */
export type DingTalk = {
  clock: Clock;
  tokens: Tokens;
  limits: Limits;
  faults: Faults;
  calls: Calls;
  signIn: SignIn;
  world: World;
};

export function createDingTalk(options: Options): DingTalk {
  const { qps, qpm, monthly, latencyMs, publicOrigin = '', redirectUris } = options;
  const clock = new Clock();
  return {
    clock,
    tokens: new Tokens(clock, options.tokenSeconds),
    limits: new Limits(clock, { qps, qpm, monthly, latencyMs }),
    faults: new Faults(),
    calls: new Calls(),
    signIn: new SignIn(clock, { publicOrigin, redirectUris }),
    world: new World({ ...options, corpId: CORP_ID }),
  };
}

/** Back to the state at start. */
export function resetDingTalk(dingtalk: DingTalk): void {
  dingtalk.clock.reset();
  dingtalk.tokens.reset();
  dingtalk.limits.reset();
  dingtalk.faults.clear();
  dingtalk.calls.reset();
  dingtalk.signIn.reset();
  dingtalk.world.reset();
}
