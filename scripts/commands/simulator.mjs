import { HELP } from '../../e2e/simulator/help.mjs';
import { launch, runScript } from '../process/child.mjs';
import { simulatorCommand } from '../process/simulator-process.mjs';
import { ensurePrerequisites, toolEnvironment } from '../toolchain/prerequisites.mjs';

/** @param {import('../process/command-line.mjs').Given} given */
async function simulate({ positionals }) {
  const args = [simulatorCommand, ...positionals];
  const child = launch('the DingTalk simulator', await ensurePrerequisites('run'), args, {
    env: toolEnvironment(),
    show: true,
  });
  const { code } = await child.exited;
  process.exitCode = code ?? 1;
}

await runScript(simulate, { help: HELP.trimEnd(), passOn: true, exitCode: 0 });
