import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from '../toolchain/places.mjs';
import { readCommandLine } from './command-line.mjs';
import { endWithNpm } from './npm-parent.mjs';
import { errorText, ScriptError } from './output.mjs';

const LINES_KEPT = 400;
/** The time that a process has for a graceful end. An open stream of live updates would delay a server forever. */
const PATIENCE_MS = 5_000;
/** A grandchild may keep the pipes open after the child has ended. */
const LAST_WORDS_MS = 1_000;

/** @type {Child[]} */
const running = [];
let stopping = false;

/** Whether this script is stopping; processes that end after that are no failure. */
export function isStopping() {
  return stopping;
}

/**
 * A process we started and will stop.
 * @typedef {Record<string, string | undefined>} Environment
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Ending
 * @typedef {{
 *   name: string, pid: number | undefined, exited: Promise<Ending>, alive: () => boolean,
 *   lines: () => string[], stop: (signal?: NodeJS.Signals, patienceMs?: number) => Promise<Ending>
 * }} Child
 */

/**
 * Starts a process. Its output is kept (see `lines`) and handed to `onLine`, or with `show` goes straight to the terminal.
 * @param {string} name the name in messages
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Environment, cwd?: string, show?: boolean, onLine?: (line: string) => void }} [options]
 * @returns {Child}
 */
export function launch(name, command, args, { env = process.env, cwd = root, show = false, onLine } = {}) {
  if (stopping) throw new ScriptError('Stopped.');
  const stdio = show ? 'inherit' : 'pipe';
  const child = spawn(command, args, {
    cwd,
    env: /** @type {any} */ (env),
    stdio: ['ignore', stdio, stdio],
  });
  /** @type {string[]} */
  const kept = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      kept.push(line);
      if (kept.length > LINES_KEPT) kept.shift();
      onLine?.(line);
    });
  }
  let alive = true;
  /** @type {Promise<Ending>} */
  const exited = new Promise((resolve) => {
    /** @param {number | null} code @param {NodeJS.Signals | null} signal */
    const gone = (code, signal) => {
      if (alive) running.splice(running.indexOf(self), 1);
      alive = false;
      resolve({ code, signal });
    };
    child.on('error', (error) => kept.push(`${command}: ${error.message}`));
    child.on('exit', (code, signal) => setTimeout(gone, LAST_WORDS_MS, code, signal).unref());
    child.on('close', gone);
  });
  /** @type {Child} */
  const self = {
    name,
    pid: child.pid,
    exited,
    alive: () => alive,
    lines: () => kept,
    stop: (signal = 'SIGTERM', patienceMs = PATIENCE_MS) => {
      if (!alive) return exited;
      child.kill(signal);
      const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      return exited.finally(() => clearTimeout(impatience));
    },
  };
  running.push(self);
  return self;
}

/** Stops everything started here, the last one first. @param {NodeJS.Signals} [signal] @param {number} [patienceMs] */
export async function stopAll(signal, patienceMs) {
  stopping = true;
  for (const child of [...running].reverse()) await child.stop(signal, patienceMs);
}

/**
 * Runs a script: its arguments are read first, so that `--help` starts nothing; a ScriptError becomes one message, and
 * a signal to end also ends the started processes.
 * @param {(given: import('./command-line.mjs').Given) => Promise<unknown>} main
 * @param {import('./command-line.mjs').CommandLine & Stopped} how
 * @typedef {{ exitCode?: number, signal?: NodeJS.Signals, patienceMs?: number, onStop?: () => void }} Stopped what happens
 *   on a signal
 */
export async function runScript(main, { exitCode = 130, signal, patienceMs, onStop, ...commandLine }) {
  const end = async () => {
    if (stopping) return;
    await stopAll(signal, patienceMs);
    onStop?.();
    process.exit(exitCode);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, end);
  endWithNpm(end);
  try {
    const given = readCommandLine(commandLine);
    if (given) await main(given);
  } catch (error) {
    if (stopping) return;
    await stopAll();
    process.stderr.write(`${errorText(error)}\n`);
    process.exitCode = 1;
  }
}
