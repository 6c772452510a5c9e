/**
 * `doctor [--entry number:hash]`, as `npm run doctor` calls it: looks at a desk by the same environment and `.env` files as
 * the server, says for each step what it found and for each trouble its cure, and ends with 1 when there was any.
 */
import { parseArgs } from 'node:util';
import nextEnvironment from '@next/env';
import { ownEnvironment } from './config.ts';
import { type Diagnosis, examine } from './doctor.ts';

const USAGE =
  'Usage: npm run doctor [-- --entry <number>:<hash>]\n' +
  '  --entry   also see that the audit log still holds this entry, as an earlier run named its newest';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (...words: unknown[]) => void process.stderr.write(`${words.join(' ')}\n`);

const indented = (text: string) => text.replaceAll('\n', '\n    ');

function tell(diagnosis: Diagnosis): void {
  say(`${diagnosis.ok ? 'ok' : 'NO'}  ${diagnosis.step}: ${indented(diagnosis.says)}`);
  if (!diagnosis.ok) say(`    To do: ${indented(diagnosis.cure)}`);
}

/** Null without one; undefined for what is none. */
function readEntry(text: string | undefined): { seq: number; hash: string } | null | undefined {
  if (text === undefined) return null;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{8,64})$/.exec(text) ?? [];
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash };
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { entry: { type: 'string' } } });
  const remembered = readEntry(values.entry);
  if (remembered === undefined) throw new Error(USAGE);
  nextEnvironment.loadEnvConfig(process.cwd(), false, { info: () => undefined, error: complain });
  const well = await examine(ownEnvironment(), { remembered, now: Date.now, tell });
  process.exitCode = well ? 0 : 1;
}

try {
  await run();
} catch (error) {
  const { code, message, stack } = error as Error & { code?: string };
  const isPlain = message === USAGE || code?.startsWith('ERR_PARSE_ARGS');
  complain(isPlain ? (message === USAGE ? USAGE : `${message}\n${USAGE}`) : (stack ?? message));
  process.exitCode = 1;
}
