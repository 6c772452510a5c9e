import { launch, runScript } from '../process/child.mjs';
import { ensurePrerequisites, toolEnvironment } from '../toolchain/prerequisites.mjs';

const HELP = `Usage: npm run doctor [-- --json] [--lang en|zh] [--entry <number>:<hash>]

Checks the configuration, the way to DingTalk and the database, and says what to do about what is wrong.

  --json    one JSON object a line, as they are found
  --lang    in which language; without it as LC_ALL or LANG say
  --entry   also check that the audit log still holds this entry, as an earlier run named its newest`;

/**
 * Runs \`lib/commands/doctor-command.ts\` with what was asked for at the terminal.
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
