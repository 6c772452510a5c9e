import { bringPeers } from '../bench/bring-peers.mjs';
import { buildBenchDesk } from '../bench/desk-build.mjs';
import { readOptions } from '../bench/options.mjs';
import { launch, runScript } from './child.mjs';
import { ensureGround, toolEnvironment } from './ground.mjs';
import { inRoot } from './places.mjs';

/** Brings what is missing, then measures with the Node that the product runs with. */
async function bench() {
  const args = process.argv.slice(2);
  const { json, help } = readOptions(args);
  // Whoever reads JSON reads all of our standard output.
  if (json) process.stdout.write = process.stderr.write.bind(process.stderr);
  const node = await ensureGround();
  if (!help) {
    await bringPeers();
    await buildBenchDesk(node);
  }
  const measuring = launch('the measuring', node, [inRoot('bench', 'measure.mjs'), ...args], {
    env: toolEnvironment(),
    show: true,
  });
  process.exitCode = (await measuring.exited).code ?? 1;
}

await runScript(bench, { patienceMs: 20_000 });
