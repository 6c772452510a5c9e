import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** Commands with the file that runs them; `format` is Biome, which has its own help. */
const COMMANDS = Object.entries(scripts)
  .filter(([name]) => name !== 'format')
  .map(([name, command]) => [name, resolve(command.replace(/^node /, ''))] as const);

let folder: string;

/** Runs a command in an empty folder where it may neither write nor start anything: Node refuses it both. */
function run(file: string, ...args: string[]) {
  const only = ['--permission', '--allow-fs-read=*', '--disable-warning=SecurityWarning'];
  return spawnSync(process.execPath, [...only, file, ...args], { cwd: folder, encoding: 'utf8' });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('every command of package.json is a script', () => {
  expect(COMMANDS.length).toBeGreaterThan(14);
  expect(COMMANDS.filter(([, file]) => !file.endsWith('.mjs'))).toEqual([]);
});

describe.each(COMMANDS)('npm run %s', (name, file) => {
  test.each(['--help', '-h'])('prints its help for %s and does nothing else', (flag) => {
    const { status, stdout, stderr } = run(file, flag);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: npm (?:run )?${name}\\b`));
    expect(stdout.trimEnd().split('\n').length).toBeGreaterThan(2);
    expect(readdirSync(folder)).toEqual([]);
  });
});

/** These read no arguments of another program. */
const OWN = COMMANDS.filter(([name]) => !/^(?:e2e|simulator|backup|restore|doctor|bench)$/.test(name));

test.each(OWN)('npm run %s refuses an option it does not know with its usage', (name, file) => {
  const { status, stdout, stderr } = run(file, '--no-such-option');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/--no-such-option/);
  expect(stderr).toMatch(new RegExp(`^Usage: npm (?:run )?${name}\\b`, 'm'));
});

test.each(COMMANDS.filter(([name]) => /^(?:simulator|backup|restore|doctor)$/.test(name)))(
  'npm run %s refuses an option it does not know with its usage, too',
  (name, file) => {
    const { status, stderr } = spawnSync(process.execPath, [file, '--no-such-option'], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^Usage: npm run ${name === 'restore' ? 'backup' : name}\\b`, 'm'));
  },
);
