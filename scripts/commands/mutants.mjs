import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { checksIn } from '../mutants/checks-in.mjs';
import { OTHER_CHECKS } from '../mutants/other-checks.mjs';
import { launch, runScript } from '../process/child.mjs';
import { print, ScriptError } from '../process/output.mjs';
import { bringBrowser } from '../toolchain/browser.mjs';
import { inRoot, root } from '../toolchain/places.mjs';
import { ensurePrerequisites, toolEnvironment } from '../toolchain/prerequisites.mjs';

/** @typedef {{ path: string, line: number, check: string, without: string }} Mutant */

const MADE_BY_TOOLS = new Set(['.git', '.next', '.next-dev', 'test-results', 'playwright-report']);
/** Far longer than the tests of a file or the browser tests take. */
const LIMIT_MS = 600_000;
/** The line of a failed test in either runner. A run that ended for another reason proves nothing. */
const FAILED = /\bFAIL\b|^\s+\d+ failed/;
/** Browser tests that are generated from the policy, or test what it leaves to them. */
const ACCESS_TESTS = [
  'policy',
  'without-session',
  'roles.spec',
  'concealment',
  'front-door',
  'tokens',
  'audit.spec',
];

/**
 * Removes each access check, one after the other, in a copy of the project, and runs its unit tests, then the browser tests
 * if none of these fails. Ends with the checks that no test missed. `-- part` selects paths that contain it.
 */
/** @param {import('../process/command-line.mjs').Given} given */
async function mutants({ positionals }) {
  const node = await ensurePrerequisites();
  const CHROMIUM = await bringBrowser(node);
  const copy = mkdtempSync(join(tmpdir(), 'rooms-desk-mutants-'));
  try {
    cpSync(root, copy, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !MADE_BY_TOOLS.has(basename(path)) || path.includes('node_modules'),
    });
    const all = await everyMutant(positionals);
    const missed = [];
    for (const [at, mutant] of all.entries()) {
      const caught = await whatCatches(mutant, { node, copy, CHROMIUM });
      print(
        `${at + 1}/${all.length} ${mutant.path}:${mutant.line} ${mutant.check} - ${caught ?? 'MISSED BY ALL'}`,
      );
      if (!caught) missed.push(mutant);
    }
    print(`${all.length} decisions taken away, ${missed.length} of them missed by every test`);
    if (missed.length > 0) throw new ScriptError('Some decision about who may is tried by no test.');
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** @param {string[]} parts @returns {Promise<Mutant[]>} */
async function everyMutant(parts) {
  const paths = [];
  for (const folder of ['lib', 'app']) {
    const names = await readdir(inRoot(folder), { recursive: true });
    paths.push(...names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(folder, name)));
  }
  const meant = paths
    .filter((path) => !path.includes('.test.') && !path.startsWith(join('lib', 'testing')))
    .filter((path) => parts.length === 0 || parts.some((part) => path.includes(part)))
    .sort();
  return meant.flatMap((path) => {
    const source = readFileSync(inRoot(path), 'utf8');
    const others = OTHER_CHECKS.filter((each) => each.path === path).map(({ check, instead }) => {
      if (!source.includes(check)) throw new ScriptError(`${path} has no "${check}" any more.`);
      const line = source.slice(0, source.indexOf(check)).split('\n').length;
      return { line, check, without: source.replace(check, () => instead) };
    });
    return [...checksIn(source), ...others].map((each) => ({ path, ...each }));
  });
}

/**
 * What fails without it; null when nothing does.
 * @param {Mutant} mutant
 * @param {{ node: string, copy: string, CHROMIUM: string }} ground
 */
async function whatCatches({ path, without }, { node, copy, CHROMIUM }) {
  const kept = readFileSync(join(copy, path), 'utf8');
  const passes = async (/** @type {string[]} */ args) => {
    const env = toolEnvironment({ CHROMIUM, CI: '' });
    const child = launch('the tests', node, args, { env, cwd: copy });
    // Aborted tests may leave something that keeps their process running.
    const limit = setTimeout(() => child.stop(), LIMIT_MS);
    const { code } = await child.exited;
    clearTimeout(limit);
    return code === 0 || !child.lines().some((line) => FAILED.test(line));
  };
  writeFileSync(join(copy, path), without);
  try {
    const related = [
      join(copy, 'node_modules', 'vitest', 'vitest.mjs'),
      'related',
      path,
      '--run',
      '--bail',
      '1',
    ];
    if (path.startsWith('lib')) {
      // Most are noticed by tests without a database, which are far quicker.
      const quick = ['**/*.contract.test.ts', '**/*.slow.test.ts'].flatMap((name) => ['--exclude', name]);
      if (!(await passes([...related, ...quick]))) return 'a unit test';
      if (!(await passes([...related, '--exclude', '**/*.slow.test.ts']))) return 'a contract test';
    }
    const e2e = join(copy, 'scripts', 'commands', 'e2e.mjs');
    return (await passes([e2e, ...ACCESS_TESTS, '--max-failures', '1', '--retries', '0'])) ? null : 'a story';
  } finally {
    writeFileSync(join(copy, path), kept);
  }
}

const HELP = `Usage: npm run mutants [-- <part of a path> ...]

Removes each access check, one by one, and expects a test to fail. Takes about half an hour without a part of a path.`;

await runScript(mutants, {
  help: HELP,
  mostNames: Number.POSITIVE_INFINITY,
  signal: 'SIGINT',
  patienceMs: 20_000,
});
