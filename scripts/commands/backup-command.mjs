import { launch, runScript } from '../process/child.mjs';
import { ensurePrerequisites, toolEnvironment } from '../toolchain/prerequisites.mjs';

/**
 * Runs \`lib/commands/backup-command.ts\` with what was asked for at the terminal.
 * @param {'backup' | 'restore'} verb
 * @param {string} help
 */
export async function runBackupCommand(verb, help) {
  await runScript(
    async ({ positionals }) => {
      const args = ['--conditions=react-server', 'lib/commands/backup-command.ts', verb, ...positionals];
      const child = launch(verb, await ensurePrerequisites('run'), args, {
        env: toolEnvironment(),
        show: true,
      });
      const { code } = await child.exited;
      process.exitCode = code ?? 1;
    },
    { help, passOn: true },
  );
}
