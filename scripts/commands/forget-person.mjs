import { launch, runScript } from '../process/child.mjs';
import { ensurePrerequisites, toolEnvironment } from '../toolchain/prerequisites.mjs';

const HELP = `Usage: npm run forget-person -- [--yes] <subject>

Pseudonymizes a person who left: removes their sessions, pins, views and visits, revokes their API tokens, and replaces name,
subject and union ID in notes, checklists, silences, readings, refusals and the API call history. <subject> is the
person's name in the audit log, such as dingtalk:<union ID> or oidc:<issuer>#<sub>. The server can keep running. Entries of
the audit log, raw responses and events of DingTalk, and backups are not changed; docs/operations.md explains why and for how long.

  --yes  makes the changes; without it they are only counted`;

/**
 * Runs \`lib/commands/forget-command.ts\` with the arguments of the command.
 * @param {import('../process/command-line.mjs').Given} given
 */
async function forgetPerson({ values, positionals }) {
  const asked = [...(values.yes ? ['--yes'] : []), '--', ...positionals];
  const args = ['--conditions=react-server', 'lib/commands/forget-command.ts', ...asked];
  const child = launch('forget-person', await ensurePrerequisites('run'), args, {
    env: toolEnvironment(),
    show: true,
  });
  const { code } = await child.exited;
  process.exitCode = code ?? 1;
}

await runScript(forgetPerson, { help: HELP, options: { yes: { type: 'boolean' } }, mostNames: 1 });
