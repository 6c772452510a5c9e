import { buildBenchApp } from '../../bench/app-build.mjs';
import { bringPeers } from '../../bench/bring-peers.mjs';
import { HELP, readOptions } from '../../bench/options.mjs';
import { launch, runScript } from '../process/child.mjs';
import { inRoot } from '../toolchain/places.mjs';
import { ensurePrerequisites, toolEnvironment } from '../toolchain/prerequisites.mjs';

/**
 * Brings what is missing, then measures with the Node that the product runs with.
 * @param {import('../process/command-line.mjs').Given} given
 */
async function bench({ positionals: args }) {
  const { json } = readOptions(args);
  // With JSON, standard output contains nothing else.
  if (json) process.stdout.write = process.stderr.write.bind(process.stderr);
  const node = await ensurePrerequisites();
  await bringPeers();
  await buildBenchApp(node);
  const measuring = launch('the measuring', node, [inRoot('bench', 'measure.mjs'), ...args], {
    env: toolEnvironment(),
    show: true,
  });
  process.exitCode = (await measuring.exited).code ?? 1;
}

await runScript(bench, { help: HELP, passOn: true, patienceMs: 20_000 });
