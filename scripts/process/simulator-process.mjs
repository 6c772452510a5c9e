import { inRoot } from '../toolchain/places.mjs';
import { toolEnvironment } from '../toolchain/prerequisites.mjs';
import { launch } from './child.mjs';
import { ScriptError } from './output.mjs';

const START_LIMIT_MS = 20_000;

/** The DingTalk simulator's own command. */
export const simulatorCommand = inRoot('e2e', 'simulator', 'main.ts');

/**
 * Starts the DingTalk simulator and waits until it answers.
 * @param {string} node
 * @param {{ args?: string[], onLine?: (line: string) => void }} [options]
 */
export async function startSimulator(node, { args = [], onLine } = {}) {
  /** @type {(ready: Record<string, any>) => void} */
  let onReady = () => {};
  /** @type {Promise<Record<string, any>>} */
  const ready = new Promise((resolve) => {
    onReady = resolve;
  });
  const child = launch('the DingTalk simulator', node, [simulatorCommand, '--port', '0', ...args], {
    env: toolEnvironment(),
    onLine: (line) => {
      const said = readyLine(line);
      if (said) onReady(said);
      else onLine?.(line);
    },
  });
  const late = new Promise((resolve) => setTimeout(resolve, START_LIMIT_MS).unref());
  const said = await Promise.race([ready, child.exited.then(() => null), late.then(() => null)]);
  if (said === null) {
    await child.stop();
    throw new ScriptError([...child.lines().slice(-20), 'The DingTalk simulator did not start.'].join('\n'));
  }
  return { child, origin: String(said.origin), controlOrigin: String(said.controlOrigin ?? said.origin) };
}

/** @param {string} line @returns {Record<string, any> | null} */
function readyLine(line) {
  if (!line.startsWith('{')) return null;
  try {
    const said = JSON.parse(line);
    return said.ready === true ? said : null;
  } catch {
    return null;
  }
}
