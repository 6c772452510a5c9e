import { launch } from './child.mjs';
import { ensureGround, toolEnvironment } from './ground.mjs';

/** Runs `lib/backup-command.ts` with what was asked for at the terminal. @param {'backup' | 'restore'} verb */
export async function runBackupCommand(verb) {
  const args = ['--conditions=react-server', 'lib/backup-command.ts', verb, ...process.argv.slice(2)];
  const child = launch(verb, await ensureGround(), args, { env: toolEnvironment(), show: true });
  const { code } = await child.exited;
  process.exitCode = code ?? 1;
}
