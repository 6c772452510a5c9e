import { launch, runScript } from './child.mjs';
import { ensureGround, toolEnvironment } from './ground.mjs';
import { simulatorCommand } from './simulator-process.mjs';

async function simulate() {
  const args = [simulatorCommand, ...process.argv.slice(2)];
  const child = launch('the DingTalk simulator', await ensureGround(), args, {
    env: toolEnvironment(),
    show: true,
  });
  const { code } = await child.exited;
  process.exitCode = code ?? 1;
}

await runScript(simulate, { exitCode: 0 });
