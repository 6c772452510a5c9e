import { parseArgs } from 'node:util';
import { ScriptError } from '../scripts/process/output.mjs';

/**
 * The options of the command line.
 * @typedef {{ only: string[], quick: boolean, json: boolean, freshClone: boolean, profile?: string }} Options
 * @param {string[]} args
 * @returns {Options}
 */
export function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        only: { type: 'string', multiple: true, default: [] },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        'fresh-clone': { type: 'boolean', default: false },
        profile: { type: 'string' },
      },
    });
    const { only, 'fresh-clone': freshClone, ...rest } = values;
    return { ...rest, freshClone, only: only.flatMap((names) => names.split(',')) };
  } catch (error) {
    throw new ScriptError(`${error instanceof Error ? error.message : error}\n${HELP.split('\n', 1)[0]}`);
  }
}

export const HELP = `Usage: npm run bench [-- options]

  --only <row>        only this row, can be repeated; an unknown one lists all
  --quick             shorter and fewer passes: for a first impression only
  --json              one JSON object on standard output, the progress on standard error
  --fresh-clone       also measures \`npm run demo\` on a fresh clone; takes minutes
  --profile <folder>  writes the servers' CPU profiles there, which slows them down`;
