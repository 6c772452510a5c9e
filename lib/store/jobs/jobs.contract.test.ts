import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';

const LONG = 60_000;

const LEASE_MS = 300;

describe.each(ENGINES)('leases and the feed on $engine', ({ engine: name, start }) => {
  let engine: TestEngine;
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    engine = await start();
  });

  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
    other = await instanceBeside(engine, store);
  });

  afterAll(() => engine.stop());

  /** Expects what a round answers, and repeats it when it took so long that a lease may have ended meanwhile. */
  async function withinLease(round: () => Promise<boolean[]>, expected: boolean[]) {
    for (;;) {
      const began = performance.now();
      const answers = await round();
      if (performance.now() - began < LEASE_MS) return expect(answers).toEqual(expected);
      await store.releaseLease('sweep', 'a');
      await other.releaseLease('sweep', 'b');
    }
  }

  describe('a lease', () => {
    test('has one holder until it is released', async () => {
      expect(await store.leaseHolder('sweep')).toBeNull();
      expect(await store.takeLease('sweep', 'a', LONG)).toEqual({ held: true, holder: 'a' });
      expect(await other.takeLease('sweep', 'b', LONG)).toEqual({ held: false, holder: 'a' });
      expect(await store.takeLease('sweep', 'a', LONG)).toEqual({ held: true, holder: 'a' });
      expect(await other.leaseHolder('sweep')).toBe('a');
      await store.releaseLease('sweep', 'a');
      expect(await other.leaseHolder('sweep')).toBeNull();
      expect(await other.takeLease('sweep', 'b', LONG)).toEqual({ held: true, holder: 'b' });
    });

    test('is not released by another holder', async () => {
      await store.takeLease('sweep', 'a', LONG);
      await other.releaseLease('sweep', 'b');
      expect(await other.takeLease('sweep', 'b', LONG)).toEqual({ held: false, holder: 'a' });
    });

    test('of another name is another lease', async () => {
      await store.takeLease('sweep', 'a', LONG);
      expect((await other.takeLease('discovery', 'b', LONG)).held).toBe(true);
    });

    // A machine that pauses for longer than a lease lasts proves nothing, so such a round is repeated.
    test('passes to the next holder when it expires, and not before', async () => {
      await withinLease(async () => {
        await store.takeLease('sweep', 'a', LEASE_MS);
        return [(await other.takeLease('sweep', 'b', LEASE_MS)).held];
      }, [false]);
      await delay(LEASE_MS + 20);
      expect(await other.leaseHolder('sweep')).toBeNull();
      await withinLease(async () => {
        const { held } = await other.takeLease('sweep', 'b', LEASE_MS);
        return [held, (await store.takeLease('sweep', 'a', LEASE_MS)).held];
      }, [true, false]);
    });

    test('that is renewed in time is never lost', async () => {
      for (let times = 0; times < 8; times++) {
        await withinLease(async () => {
          const { held } = await store.takeLease('sweep', 'a', LEASE_MS);
          await delay(60);
          return [held, (await other.takeLease('sweep', 'b', LEASE_MS)).held];
        }, [true, false]);
      }
    });

    test('goes to exactly one of many concurrent requests', async () => {
      for (let round = 0; round < 10; round++) {
        const asked = Array.from({ length: 12 }, (_, at) =>
          (at % 2 ? store : other).takeLease(`round ${round}`, `holder ${at}`, LONG),
        );
        const answers = await Promise.all(asked);
        expect(answers.filter((answer) => answer.held)).toHaveLength(1);
        expect(new Set(answers.map((answer) => answer.holder)).size).toBe(1);
      }
    });

    test('stays consistent when it is taken and released all the time', async () => {
      const busy = async (on: Store, holder: string) => {
        for (let times = 0; times < 40; times++) {
          const { held, holder: said } = await on.takeLease('sweep', holder, LONG);
          expect(held).toBe(said === holder);
          if (held) await on.releaseLease('sweep', holder);
        }
      };
      await Promise.all([busy(store, 'a'), busy(other, 'b'), busy(store, 'c')]);
      expect(await store.leaseHolder('sweep')).toBeNull();
    });
  });

  test('leases are shared between several instances only', () => {
    expect(store.manyInstances).toBe(name === 'PostgreSQL');
  });

  describe('the feed', () => {
    test('starts empty', async () => {
      expect(await store.feedHead()).toBe(0);
      expect(await store.feedAfter(0, 10)).toEqual([]);
    });

    test('has consecutive entries for every reader', async () => {
      for (let at = 1; at <= 5; at++) await (at % 2 ? store : other).announceService(at * 10);
      expect([await store.feedHead(), await other.feedHead()]).toEqual([5, 5]);
      const entry = (seq: number) => ({ seq, at: seq * 10, kind: 'service', key: null });
      expect(await other.feedAfter(0, 10)).toEqual([1, 2, 3, 4, 5].map(entry));
      expect(await store.feedAfter(2, 2)).toEqual([entry(3), entry(4)]);
      expect(await store.feedAfter(5, 10)).toEqual([]);
    });

    test('reports when a reader continues in a database that was replaced', async () => {
      await store.announceService(1);
      expect(await store.feedAfter(2, 10)).toBeNull();
    });

    test('notifies its listeners, and none that stopped or whose neighbor fails', async () => {
      const [first, second] = [vi.fn(), vi.fn()];
      const stops = [
        store.onFeed(() => {
          throw new Error('A listener failed.');
        }),
        store.onFeed(first),
        store.onFeed(first),
        store.onFeed(second),
      ];
      stops[1]?.();
      stops[3]?.();
      await store.announceService(1);
      await vi.waitFor(() => expect(first).toHaveBeenCalled());
      stops[2]?.();
      expect(second).not.toHaveBeenCalled();
      await delay(50);
      first.mockClear();
      await store.announceService(2);
      await delay(50);
      expect(first).not.toHaveBeenCalled();
    });

    test('shows a polling reader every entry, in order, whoever writes', async () => {
      const writing = { now: true };
      const writers = [store, other, store, other].map(async (on) => {
        for (let times = 0; times < 50; times++) await on.announceService(times);
      });
      const reader = (async () => {
        const seen: number[] = [];
        for (let last = false; ; last = !writing.now) {
          const entries = await other.feedAfter(seen.length, 7);
          if (entries === null) throw new Error('The reader lost its place.');
          seen.push(...entries.map((entry) => entry.seq));
          if (last && entries.length === 0) return seen;
        }
      })();
      await Promise.all(writers);
      writing.now = false;
      expect(await reader).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
      expect(await store.feedHead()).toBe(200);
    });
  });

  test('a pause of the jobs keeps its beginning, moves its next attempt and ends once', async () => {
    const store = await engine.open();
    expect(await store.jobPause()).toBeNull();
    await store.resumeJobs(1);
    const pause = { reason: 'dingtalk-refused.operator', since: 100, probeAt: 200 } as const;
    await store.pauseJobs(pause);
    await store.pauseJobs({ reason: 'dingtalk-refused.scope', since: 200, probeAt: 300 });
    expect(await store.jobPause()).toEqual({ reason: 'dingtalk-refused.scope', since: 100, probeAt: 300 });
    const seq = await store.feedHead();
    await store.resumeJobs(400);
    expect(await store.jobPause()).toBeNull();
    expect(await store.feedAfter(seq, 9)).toMatchObject([{ kind: 'service' }]);
  });
});
