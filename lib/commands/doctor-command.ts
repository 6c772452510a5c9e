/**
 * `doctor [--json] [--lang en|zh] [--entry number:hash]`, as `npm run doctor` calls it: looks at a desk by the same
 * environment and `.env` files as the server, says beforehand what it costs, for each step what it found, for each trouble
 * its proof and its cure, and ends with 1 when there was any.
 */
import { parseArgs } from 'node:util';
import nextEnvironment from '@next/env';
import { createTranslator } from 'use-intl/core';
import { ownEnvironment } from '#lib/config/config.ts';
import type { HealthCheckOutput } from '#lib/domain/diagnostics/doctor.ts';
import { stepText } from '#lib/i18n/doctor-text.ts';
import en from '#lib/i18n/en.json' with { type: 'json' };
import { LOCALES, type Locale } from '#lib/i18n/locale.ts';
import zh from '#lib/i18n/zh.json' with { type: 'json' };
import { systemClock } from '#lib/server/system-clock.ts';
import { examine } from './doctor.ts';

const USAGE =
  'Usage: npm run doctor [-- --json] [--lang en|zh] [--entry <number>:<hash>]\n' +
  '  --json    one JSON object a line, as they are found\n' +
  '  --lang    in which language; without it as LC_ALL or LANG say\n' +
  '  --entry   also see that the audit log still holds this entry, as an earlier run named its newest';

const printLine = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (...words: unknown[]) => void process.stderr.write(`${words.join(' ')}\n`);

/** Null without one; undefined for what is none. */
function readEntry(text: string | undefined): { seq: number; hash: string } | null | undefined {
  if (text === undefined) return null;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{8,64})$/.exec(text) ?? [];
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash };
}

/** The language that was asked for, else the terminal's; undefined for one that there is not. */
function readLocale(asked: string | undefined, env: Record<string, string | undefined>): Locale | undefined {
  if (asked !== undefined) return LOCALES.find((each) => each === asked);
  return (env.LC_ALL || env.LANG || '').startsWith('zh') ? 'zh' : 'en';
}

function inWords(locale: Locale): (output: HealthCheckOutput) => void {
  // As written: outside of the pages the parser of messages is there.
  const words = createTranslator({ locale, messages: { en, zh }[locale] });
  let failed = 0;
  return (output) => {
    if (output.kind === 'begun') {
      const { calls, left } = output.cost;
      printLine(words('doctor.heading', { at: output.at }));
      printLine(left === null ? words('doctor.priceless') : words('doctor.price', { calls, left }));
    } else if (output.kind === 'step') {
      if (output.state === 'failed') failed += 1;
      printLine(stepText(output, words));
    } else {
      printLine(output.well ? words('doctor.well') : words('doctor.unwell', { count: failed }));
    }
  };
}

async function run(): Promise<void> {
  const options = { entry: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const remembered = readEntry(values.entry);
  const locale = readLocale(values.lang, ownEnvironment());
  if (remembered === undefined || locale === undefined) throw new Error(USAGE);
  nextEnvironment.loadEnvConfig(process.cwd(), false, { info: () => undefined, error: complain });
  const report = values.json
    ? (output: HealthCheckOutput) => printLine(JSON.stringify(output))
    : inWords(locale);
  const well = await examine(ownEnvironment(), { remembered, clock: systemClock, report });
  process.exitCode = well ? 0 : 1;
}

// Nothing that is written here is for other users of the machine.
process.umask(0o077);
try {
  await run();
} catch (error) {
  const { code, message, stack } = error as Error & { code?: string };
  const isPlain = message === USAGE || code?.startsWith('ERR_PARSE_ARGS');
  complain(isPlain ? (message === USAGE ? USAGE : `${message}\n${USAGE}`) : (stack ?? message));
  process.exitCode = 1;
}
