import { Robots } from './apis/robots.ts';
import { sendEvent } from './apis/send-event.ts';
import { Calls } from './calls.ts';
import { Clock } from './clock.ts';
import { Day } from './day.ts';
import { Events } from './events/events.ts';
import { Faults } from './faults/faults.ts';
import { Limits } from './limits.ts';
import type { Options } from './options.ts';
import { AddressBook } from './people/address-book.ts';
import { CORP_ID } from './people/people.ts';
import { SignIn } from './people/sign-in.ts';
import { Tokens } from './tokens.ts';
import { Traffic } from './traffic.ts';
import { Random } from './world/random.ts';
import { World } from './world/world.ts';
import { WorldEffects } from './world-effects.ts';

/** The one app that is registered here. */
export const APP = { clientId: 'dingsimulator', clientSecret: 'simulator-secret' } as const;

/** All state of one simulated DingTalk. */
export type DingTalk = {
  clock: Clock;
  tokens: Tokens;
  limits: Limits;
  faults: Faults;
  calls: Calls;
  traffic: Traffic;
  signIn: SignIn;
  addressBook: AddressBook;
  world: World;
  events: Events;
  effects: WorldEffects;
  day: Day;
  robots: Robots;
};

const EVENT_DRAWS = 41;

export function createDingTalk(options: Options): DingTalk {
  const { qps, qpm, monthly, latencyMs, publicOrigin = '', redirectUris } = options;
  const clock = new Clock();
  const world = new World({ ...options, corpId: CORP_ID });
  const events = new Events({
    clock,
    random: new Random(options.seed, EVENT_DRAWS),
    callbackUrl: options.eventsCallback ?? null,
  });
  const effects = new WorldEffects(world);
  return {
    clock,
    tokens: new Tokens(clock, options.tokenSeconds),
    limits: new Limits(clock, { qps, qpm, monthly, latencyMs }),
    faults: new Faults(),
    calls: new Calls(),
    traffic: new Traffic(),
    signIn: new SignIn(clock, { publicOrigin, redirectUris }),
    addressBook: new AddressBook(),
    world,
    events,
    effects,
    robots: new Robots(clock),
    day: new Day(world, (order) => sendEvent(order, { clock, world, events, effects })),
  };
}

/** Back to the state at start. */
export function resetDingTalk(dingtalk: DingTalk): void {
  dingtalk.day.reset();
  dingtalk.events.reset();
  dingtalk.clock.reset();
  dingtalk.tokens.reset();
  dingtalk.limits.reset();
  dingtalk.faults.clear();
  dingtalk.calls.reset();
  dingtalk.signIn.reset();
  dingtalk.addressBook.reset();
  dingtalk.world.reset();
  dingtalk.effects.reset();
  dingtalk.robots.reset();
}
