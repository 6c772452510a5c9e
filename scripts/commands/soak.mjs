import { launch, runScript } from '../process/child.mjs';
import { buildIfNeeded } from '../toolchain/next.mjs';
import { inRoot } from '../toolchain/places.mjs';
import { ensurePrerequisites, toolEnvironment } from '../toolchain/prerequisites.mjs';

/** Runs two servers for ten minutes with people and faults; SOAK_MINUTES and SOAK_PEOPLE change that. */
async function soak() {
  const node = await ensurePrerequisites();
  await buildIfNeeded(node);
  const program = inRoot('e2e', 'soak', 'main.ts');
  const child = launch('the soak', node, [program], { env: toolEnvironment(), show: true });
  const { code } = await child.exited;
  process.exitCode = code ?? 1;
}

const HELP = `Usage: npm run soak

Simulates SOAK_PEOPLE (100) people on two servers for SOAK_MINUTES (10), while DingTalk fails and servers are killed.`;

await runScript(soak, { help: HELP, signal: 'SIGINT', patienceMs: 20_000 });
