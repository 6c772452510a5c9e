import { expect, test } from 'vitest';
import { clockAtSpeed, systemClock } from './system-clock.ts';

test('a clock at speed 1 is the machine’s own', () => {
  expect(clockAtSpeed(1)).toBe(systemClock);
});

test('a faster clock counts and sleeps at the same speed', async () => {
  const clock = clockAtSpeed(20);
  // Each pair of counted readings is between two pairs of real ones, however long the machine pauses in between.
  const before = performance.now();
  const [now, elapsed] = [clock.now(), clock.elapsed()];
  const began = performance.now();
  await clock.sleep(1_000);
  const ended = performance.now();
  const counted = [clock.now() - now, clock.elapsed() - elapsed];
  const after = performance.now();
  expect(ended - began, 'a twentieth of a second').toBeGreaterThan(48);
  for (const each of counted) {
    // The machine's wall clock has whole milliseconds, of which each counts twenty times.
    expect(each).toBeGreaterThan((ended - began) * 20 - 41);
    expect(each).toBeLessThan((after - before) * 20 + 41);
  }
});

test('a sleep ends when it is aborted', async () => {
  const stopped = new AbortController();
  const sleeping = clockAtSpeed(2).sleep(60_000, stopped.signal);
  stopped.abort();
  await expect(sleeping).rejects.toThrow();
});
