import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { launch } from '../process/child.mjs';
import { print, ScriptError, timed } from '../process/output.mjs';
import { root } from './places.mjs';
import { runTool } from './tools.mjs';

/** Chromium without windows and their toolbars: the same engine, for about a quarter less work in a whole run. */
const SHELL = 'chromium-headless-shell';
const NAMES = [SHELL, 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const MAC_APPS = ['Chromium', 'Google Chrome'].map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
const DOWNLOAD_LIMIT_MS = 120_000;
const PACKAGE_LIMIT_MS = 300_000;

/**
 * The path of a Chromium that runs: an installed one, else Playwright's own, else the distribution's. With CI set, the
 * distribution's headless shell is installed even where another Chromium is present.
 * @param {string} node
 */
export async function bringBrowser(node) {
  const asked = process.env.CHROMIUM;
  if (asked && !runs(asked))
    throw new ScriptError(`CHROMIUM names ${asked}, which does not run as a browser.`);
  const present = asked || installed() || downloaded(node);
  const wantsShell = process.env.CI && !asked && basename(present ?? '') !== SHELL;
  if (present && !wantsShell) return present;
  for (const [what, bring] of present ? distributionWay(SHELL) : ways(node)) {
    try {
      await timed(what, bring);
    } catch (error) {
      print(lastLine(error));
    }
    const path = installed() || downloaded(node);
    if (path) return path;
  }
  if (present) return present;
  throw new ScriptError(
    'No browser was found and none could be brought. Install Chromium (Debian: apt-get install chromium) or ' +
      'Google Chrome, or set CHROMIUM to the path of one.',
  );
}

/** @typedef {[string, () => Promise<unknown>][]} Ways */

/** @param {string} node @returns {Ways} */
function ways(node) {
  const env = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' };
  const download = () =>
    runTool(node, 'playwright', ['install', 'chromium'], { env, limitMs: DOWNLOAD_LIMIT_MS });
  return [
    ["Downloading Playwright's Chromium", download],
    ...distributionWay(SHELL),
    ...distributionWay('chromium'),
  ];
}

/** @param {string} name of a package @returns {Ways} none where installing one would need a question */
function distributionWay(name) {
  const root = asRoot();
  if (!root || !onPath('apt-get')) return [];
  const install = async () => {
    await distribution(root, ['update', '-qq']);
    await distribution(root, ['install', '-y', '-qq', '--no-install-recommends', name]);
  };
  return [[`Installing the package ${name}`, install]];
}

/** The command prefix that gives root, or null if it would need a password. */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  const sudo = onPath('sudo');
  return sudo && spawnSync(sudo, ['-n', 'true']).status === 0 ? [sudo, '-n'] : null;
}

/** @param {string[]} rights @param {string[]} args */
async function distribution(rights, args) {
  const [command = '', ...rest] = [...rights, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  const child = launch('apt-get', command, rest);
  const limit = setTimeout(() => child.stop(), PACKAGE_LIMIT_MS);
  const { code } = await child.exited;
  clearTimeout(limit);
  if (code !== 0) throw new ScriptError([...child.lines(), `apt-get ${args[0]} failed.`].join('\n'));
}

function installed() {
  return [...NAMES.map(onPath), ...MAC_APPS].find((path) => path && existsSync(path) && runs(path)) ?? null;
}

/** @param {string} node */
function downloaded(node) {
  const ask = "process.stdout.write(require('@playwright/test').chromium.executablePath())";
  const path = spawnSync(node, ['-e', ask], { cwd: root, encoding: 'utf8' }).stdout;
  return path && existsSync(path) && runs(path) ? path : null;
}

/** A snap's stub and a browser without its libraries are on the disk and still do not run. @param {string} path */
function runs(path) {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 15_000 });
  return status === 0 && /chrom/i.test(stdout);
}

/** @param {string} name @returns {string | null} */
function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** @param {unknown} error */
function lastLine(error) {
  return (
    String(error instanceof Error ? error.message : error)
      .split('\n')
      .at(-1) ?? ''
  );
}
