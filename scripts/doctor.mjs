import { launch, runScript } from './child.mjs';
import { ensureGround, toolEnvironment } from './ground.mjs';

/** Runs `lib/doctor-command.ts` with what was asked for at the terminal. */
async function doctor() {
  const args = ['--conditions=react-server', 'lib/doctor-command.ts', ...process.argv.slice(2)];
  const child = launch('doctor', await ensureGround(), args, { env: toolEnvironment(), show: true });
  const { code } = await child.exited;
  process.exitCode = code ?? 1;
}

await runScript(doctor);
