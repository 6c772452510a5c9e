import { launch, runScript } from '../process/child.mjs';
import { ensurePrerequisites, toolEnvironment } from '../toolchain/prerequisites.mjs';

const HELP = `Usage: npm run doctor [-- --json] [--lang en|zh] [--entry <number>:<hash>]

Checks the configuration, the connection to DingTalk and the database, and reports how to fix each error.

  --json    one JSON object per line, as each step ends
  --lang    language of the output; by default that of LC_ALL or LANG
  --entry   also checks that the audit log still contains this entry, which an earlier run reported as the newest`;

/**
 * Runs \`lib/commands/doctor-command.ts\` with the arguments of the command.
 * @param {import('../process/command-line.mjs').Given} given
 */
async function doctor({ positionals }) {
  const args = ['--conditions=react-server', 'lib/commands/doctor-command.ts', ...positionals];
  const child = launch('doctor', await ensurePrerequisites('run'), args, {
    env: toolEnvironment(),
    show: true,
  });
  const { code } = await child.exited;
  process.exitCode = code ?? 1;
}

await runScript(doctor, { help: HELP, passOn: true });
