import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { runScript } from '../scripts/process/child.mjs';
import { errorText, print, ScriptError, tookSince } from '../scripts/process/output.mjs';
import { WrongAnswer } from './ask.mjs';
import { conditions, conditionsText } from './conditions.mjs';
import { HELP, readOptions } from './options.mjs';
import { calls } from './rows/calls.mjs';
import { discovery } from './rows/discovery.mjs';
import { eventVisible } from './rows/event-visible.mjs';
import { fleetPage } from './rows/fleet-page.mjs';
import { freshQuery } from './rows/fresh-query.mjs';
import { lighthouse } from './rows/lighthouse.mjs';
import { lists } from './rows/lists.mjs';
import { live } from './rows/live.mjs';
import { liveUpdate } from './rows/live-update.mjs';
import { longHistory } from './rows/long-history.mjs';
import { page } from './rows/page.mjs';
import { script } from './rows/script.mjs';
import { sdk } from './rows/sdk.mjs';
import { session } from './rows/session.mjs';
import { start } from './rows/start.mjs';
import { asJson, table } from './table.mjs';
import { createWorlds } from './world.mjs';

/** In the order of the table. */
const ROWS = [
  ...[calls, freshQuery, sdk, session, live, page, script, start],
  ...[lists, fleetPage, discovery, liveUpdate, eventVisible, longHistory, lighthouse],
];

/** @param {import('../scripts/process/command-line.mjs').Given} given */
async function measure({ positionals }) {
  const options = readOptions(positionals);
  const names = ROWS.map(({ name }) => name);
  const strange = options.only.filter((name) => !names.includes(name));
  if (strange.length > 0) {
    throw new ScriptError(`There is no row ${strange.join(', ')}. There are: ${names.join(', ')}.`);
  }
  const began = performance.now();
  const found = conditions(options);
  const rows = ROWS.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  const outcomes = await measureRows(rows, options);
  if (options.json) print(asJson(outcomes, found));
  else print(`\n${table(outcomes)}\n\n${conditionsText(found, performance.now() - began)}`);
  if (outcomes.some(({ wrong }) => wrong)) process.exitCode = 1;
}

/** @param {import('./figures.mjs').Row[]} rows @param {import('./options.mjs').Options} options */
async function measureRows(rows, options) {
  const profile = options.profile && resolve(options.profile);
  if (profile) mkdirSync(profile, { recursive: true });
  const worlds = createWorlds(process.execPath, profile);
  const bench = { ...options, profile, node: process.execPath, worlds, progress };
  /** @type {import('./table.mjs').Outcome[]} */
  const outcomes = [];
  for (const { name, title, measure } of rows) {
    const began = performance.now();
    progress(`${name}: ${title}`);
    try {
      outcomes.push({ row: name, title, figures: await measure(bench) });
    } catch (error) {
      // A row that cannot be measured is as wrong as one with wrong answers; the others still count.
      const wrong = error instanceof WrongAnswer ? error.message : errorText(error);
      outcomes.push({ row: name, title, figures: [], wrong });
    }
    progress(`${name}: ${tookSince(began)}`);
  }
  await worlds.stop();
  return outcomes;
}

/** To standard error, so that standard output has only the table. @param {string} line */
function progress(line) {
  process.stderr.write(`  ${line}\n`);
}

await runScript(measure, { help: HELP, passOn: true });
