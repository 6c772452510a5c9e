import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { launch } from '../process/child.mjs';
import { ScriptError, timed } from '../process/output.mjs';
import { hasDevelopmentPackages, isInstalled } from './installed.mjs';
import { inRoot } from './places.mjs';

/** What npm itself and these scripts need. */
const OLDEST_TO_BEGIN = { major: 20, minor: 9 };
/** The minimum for the server and the tests: below it the embedded database crashes without a message. */
const OLDEST_TO_RUN = 24;

const bin = inRoot('node_modules', '.bin');

/**
 * Installs what is missing and gives the path of the Node that everything else runs with.
 * @param {import('./installed.mjs').Purpose} [purpose]
 */
export async function ensurePrerequisites(purpose = 'develop') {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const least = OLDEST_TO_BEGIN;
  if (major < least.major || (major === least.major && minor < least.minor)) {
    throw new ScriptError(
      `Node ${least.major}.${least.minor} or newer is needed to begin; this is ${process.version}.`,
    );
  }
  if (!(await isInstalled(purpose))) await timed('Installing packages', () => installPackages(purpose));
  return findNode();
}

/** The Node that came with the packages, else the machine's own when it is new enough. */
export function findNode() {
  const pinned = inRoot('node_modules', '.bin', 'node');
  for (const candidate of [pinned, process.execPath]) {
    const { status, stdout } = spawnSync(candidate, ['--version'], { encoding: 'utf8' });
    if (status === 0 && Number(stdout.match(/^v(\d+)/)?.[1]) >= OLDEST_TO_RUN) return candidate;
  }
  throw new ScriptError(
    `Node ${OLDEST_TO_RUN} or newer is needed; this is ${process.version}, and no package brings one for ` +
      `${process.platform} ${process.arch}. Install Node ${OLDEST_TO_RUN} (https://nodejs.org) and run this again.`,
  );
}

/** The environment of started processes: the project's own tools first, no telemetry. */
export function toolEnvironment(/** @type {import('../process/child.mjs').Environment} */ more = {}) {
  const path = [bin, ...pathWithout(bin)].join(delimiter);
  return { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: '1', ...more };
}

/** @param {import('./installed.mjs').Purpose} purpose */
async function installPackages(purpose) {
  // npm must not run with the Node inside node_modules, which it is about to remove.
  const env = { ...process.env, PATH: pathWithout(bin).join(delimiter) };
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = [
    ...(await installCommand(purpose)),
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const install = launch('npm', npm, args, { env });
  const { code } = await install.exited;
  if (code === 0) return;
  throw new ScriptError(
    `${install.lines().slice(-30).join('\n')}\nThe packages could not be installed with npm ${args[0]}.`,
  );
}

/** @param {import('./installed.mjs').Purpose} purpose */
async function installCommand(purpose) {
  // A checkout with development packages keeps them: npm ci removes what it does not install.
  if (purpose === 'develop' || (await hasDevelopmentPackages())) {
    // npm ci would start from nothing, although only development packages are missing.
    const command = (await isInstalled('run')) ? ['install', '--no-save'] : ['ci'];
    return [...command, '--include=dev'];
  }
  // Nothing that runs needs an install script. npm would compile better-sqlite3, which brings its binaries along.
  return ['ci', '--omit=dev', '--ignore-scripts'];
}

/** @param {string} folder */
function pathWithout(folder) {
  return (process.env.PATH ?? '').split(delimiter).filter((entry) => entry !== '' && entry !== folder);
}
