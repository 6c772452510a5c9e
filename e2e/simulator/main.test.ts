import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

const run = (...args: string[]) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

describe('the command', () => {
  test('prints its addresses in one line and stops on a signal', async () => {
    const child = spawn(process.execPath, [MAIN, '--port', '0', '--control-port', '0', '--rooms', '3']);
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { origin, controlOrigin, ready } = JSON.parse(line) as Record<string, string>;
    expect(ready).toBe(true);
    const world = (await (await fetch(`${controlOrigin}/__control/world`)).json()) as { counts: object };
    expect(world.counts).toMatchObject({ rooms: 3 });
    expect((await fetch(`${origin}/gettoken`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('explains its flags', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--control-port');
  });

  test.each([
    [['--rooms', 'many'], '--rooms must be a whole number of at least 1, got many'],
    [['--events-callback', 'here'], '--events-callback must be an address with http or https, got here'],
    [['--day-speed', '0'], '--day-speed must be a whole number of at least 1, got 0'],
  ])('refuses %o as invalid', async (flags, sentence) => {
    const { code, stderr } = await run(...flags);
    expect(code).toBe(1);
    // What the command takes follows in the next line.
    expect(stderr.split('\n')[0]).toBe(sentence);
  });
});
