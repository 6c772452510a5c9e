import { HELP } from './help.mjs';
import { type Options, parseOptions } from './options.ts';
import { startSimulator } from './start-simulator.ts';

async function run(options: Options): Promise<void> {
  const { origin, controlOrigin, close } = await startSimulator(options);
  const stop = () => void close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The parent has ended, perhaps by a crash: the simulator ends too.
  process.once('disconnect', stop);
  console.log(JSON.stringify({ ready: true, origin, controlOrigin }));
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') console.log(HELP);
  else await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(HELP.split('\n', 1)[0]);
  process.exitCode = 1;
}
