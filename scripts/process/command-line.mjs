import { parseArgs } from 'node:util';
import { print, ScriptError } from './output.mjs';

/**
 * What a command takes. `help` begins with its usage line, which is repeated when the command is refused. `passOn`: another
 * program reads the arguments, and refuses what it does not know.
 * @typedef {{
 *   help: string, options?: NonNullable<import('node:util').ParseArgsConfig['options']>, mostNames?: number, passOn?: boolean
 * }} CommandLine
 * @typedef {{ values: Record<string, unknown>, positionals: string[] }} Given
 */

/**
 * Reads the arguments of a command. Prints the help and returns null when it was requested.
 * @param {CommandLine} commandLine
 * @param {string[]} [args]
 * @returns {Given | null} throws ScriptError with the usage line for an argument that the command does not take
 */
export function readCommandLine({ help, options = {}, mostNames = 0, passOn }, args = process.argv.slice(2)) {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    print(help);
    return null;
  }
  if (passOn) return { values: {}, positionals: args };
  const usage = help.split('\n', 1)[0];
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const extra = positionals[mostNames];
    if (extra === undefined) return { values, positionals };
    throw new ScriptError(`Unexpected argument '${extra}'.`);
  } catch (error) {
    throw new ScriptError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
