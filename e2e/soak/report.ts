import type { SoakReport } from './run-soak.ts';
import type { MemorySample } from './servers.ts';

/** The growth of memory from the second to the last quarter that still counts as flat. */
const FLAT = 1.05;
/** A server needs minutes to warm up; before that, its memory is not conclusive. */
const LEAST_MINUTES = 8;

const sum = (counts: Record<string, number>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);
const formatCounts = (counts: Record<string, number>) =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';
const percent = (share: number | null) => (share === null ? 'unknown' : `${Math.round(100 * share)}%`);
const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);

/** The median memory of the surviving server in each quarter of the run, in bytes. */
export function quarters(samples: readonly MemorySample[]): number[] {
  const size = Math.ceil(samples.length / 4);
  return [0, 1, 2, 3].map((at) => {
    const held = samples.slice(at * size, (at + 1) * size).map(({ bytes }) => bytes);
    return held.sort((a, b) => a - b)[Math.floor(held.length / 2)] ?? 0;
  });
}

/** Why the memory is not flat, or null. */
export function memoryError(samples: readonly MemorySample[], minutes: number): string | null {
  const [, second = 0, , last = 0] = quarters(samples);
  if (minutes < LEAST_MINUTES || last <= second * FLAT) return null;
  return `${megabytes(second)} MiB in the second quarter, ${megabytes(last)} in the last`;
}

/** The report as lines for a terminal. */
export function reportLines(report: SoakReport, minutes: number): string[] {
  const { spending, wrong } = report;
  const memory = memoryError(report.memory, minutes);
  return [
    `${sum(report.done)} actions: ${formatCounts(report.done)}`,
    `devices answered: ${formatCounts(report.sources)}`,
    `errors reported with them: ${formatCounts(report.problems)}`,
    `faults: ${formatCounts(report.faults)}`,
    `live messages ${report.liveMessages}; slowest answer ${report.slowestMs} ms`,
    `killed ${report.kills} times, down for at most ${report.longestOutageMs} ms; ${report.failedOver} requests went to the other server`,
    spending
      ? `calls: ${spending.spent} in the ledger, ${spending.counted} counted by DingTalk, ${spending.limit} allowed`
      : 'calls: not compared',
    `memory of the surviving server, by quarter: ${quarters(report.memory).map(megabytes).join(', ')} MiB${memory ? `: not flat, ${memory}` : ''}`,
    `the machine: a process waited for a processor for ${percent(report.machine.waitedForProcessor)} of the time; the longest stall was ${report.machine.longestStandstillMs} ms`,
    ...(wrong.length === 0 ? ['no errors'] : ['WRONG']),
    ...wrong.flatMap(({ kind, times, examples }) => [
      `  ${kind}: ${times} times`,
      ...examples.map((each) => `    ${each}`),
    ]),
  ];
}
