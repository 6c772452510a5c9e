import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Simulator } from '../support/app-process.ts';
import type { Failures } from './failures.ts';
import type { Person } from './person.ts';

/** The calls used according to Rooms Desk, and those counted by DingTalk. */
export type Spending = { limit: number; spent: number; counted: number };

const service = z.object({
  budget: z.object({ limit: z.number(), spent: z.number() }),
  discovery: z.object({ run: z.object({ state: z.string() }).nullable() }),
});
const SAY_AFTER_MS = 120_000;

/** The metered calls that DingTalk has counted. */
export async function countedBy({ control }: Simulator): Promise<number> {
  const { paths } = await control<{ paths: Record<string, { counted: number }> }>('GET', '/calls');
  const metered = Object.entries(paths).filter(([path]) => path.includes('/v1.0/rooms/'));
  return metered.reduce((sum, [, { counted }]) => sum + counted, 0);
}

export async function readService(admin: Person): Promise<z.output<typeof service> | null> {
  const response = await admin.ask('/api/v1/system');
  return response?.status === 200 ? service.parse(JSON.parse(response.text)) : null;
}

/** Waits until discovery has found everything that the simulated people query. */
export async function untilFound(admin: Person): Promise<void> {
  const limit = Date.now() + SAY_AFTER_MS;
  while ((await readService(admin))?.discovery.run?.state !== 'done') {
    if (Date.now() > limit) throw new Error('Discovery did not finish within two minutes.');
    await pause(300);
  }
}

/** Compares both counts: never above the limit, and never below DingTalk's count at the time of the request. */
export async function compareLedgers(
  simulator: Simulator,
  admin: Person,
  failures: Failures,
): Promise<Spending | null> {
  const counted = await countedBy(simulator);
  const said = await readService(admin);
  if (!said) return null;
  const { limit, spent } = said.budget;
  if (spent > limit) failures.add('more was spent than allowed', `${spent} of ${limit}`);
  if (counted > limit) failures.add('DingTalk counted more than allowed', `${counted} of ${limit}`);
  if (spent < counted) failures.add('the ledger is short', `${spent} in the ledger, ${counted} counted`);
  return { limit, spent, counted };
}
