import { controllersOf, roomOfOrdinal, type SimulatorContext } from './device-record.ts';
import { type Ref, refOf } from './identities.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

/** Which room's first device plays which scenario. */
export class ScenarioCast {
  readonly byRoom: ReadonlyMap<number, Scenario>;
  readonly #context: SimulatorContext;

  constructor(context: SimulatorContext, rooms: number) {
    const free = rooms - 1;
    const stride = Math.max(1, free / SCENARIOS.length);
    const fitting = SCENARIOS.slice(0, free);
    this.byRoom = new Map(fitting.map((scenario, at) => [1 + Math.floor(at * stride), scenario]));
    this.#context = context;
  }

  firstIn(room: number): Ref {
    return refOf((room - 1) * this.#context.devicesPerRoom + 1);
  }

  scenarioOf(ordinal: number): Scenario | undefined {
    const room = roomOfOrdinal(this.#context, ordinal);
    return this.firstIn(room) === refOf(ordinal) ? this.byRoom.get(room) : undefined;
  }

  controllersOf(ordinal: number): number {
    if (ordinal === 0) return 1;
    return this.scenarioOf(ordinal)?.controllers ?? controllersOf(this.#context.seed, ordinal);
  }
}
