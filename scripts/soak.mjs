import { launch, runScript } from './child.mjs';
import { ensureGround, toolEnvironment } from './ground.mjs';
import { buildIfNeeded } from './next.mjs';
import { inRoot } from './places.mjs';

/** Ten minutes of two servers among people and faults; SOAK_MINUTES and SOAK_PEOPLE change that. */
async function soak() {
  const node = await ensureGround();
  await buildIfNeeded(node);
  const program = inRoot('e2e', 'soak', 'main.ts');
  const child = launch('the soak', node, [program], { env: toolEnvironment(), show: true });
  const { code } = await child.exited;
  process.exitCode = code ?? 1;
}

await runScript(soak, { signal: 'SIGINT', patienceMs: 20_000 });
