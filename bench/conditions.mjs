import { availableParallelism, cpus, loadavg } from 'node:os';
import { CONNECTIONS, effort } from './load.mjs';

/** Under which conditions the figures came about. @param {{ quick: boolean, profile?: string | undefined }} options */
export function conditions({ quick, profile }) {
  const { passes, seconds } = effort(quick);
  const load = loadavg()[0] ?? 0;
  return {
    node: process.version,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    loadBefore: Number(load.toFixed(2)),
    crowded: load > availableParallelism() / 2,
    connections: CONNECTIONS,
    passes,
    secondsAPass: seconds,
    quick,
    ...(profile && { profiled: true }),
  };
}

/** @param {ReturnType<typeof conditions>} found @param {number} tookMs */
export function conditionsText(found, tookMs) {
  return [
    `Node ${found.node}, ${found.cores} cores (${found.processor}), load average ${found.loadBefore} at the start.`,
    `Under load: ${found.connections} connections, ${found.passes} passes of ${found.secondsAPass} s each, taken in turn; ` +
      'ratios are the median over the passes.',
    'The server, the simulator and the load generator share the machine.' +
      (found.quick ? ' A quick look: short passes, not for a verdict.' : '') +
      (found.profiled ? ' With the profiler on, which slows the server.' : ''),
    ...(found.crowded
      ? [
          'OTHERS KEPT THE MACHINE BUSY: throughput and latency are hints only; measure again when it is quiet.',
        ]
      : []),
    `Took ${Math.round(tookMs / 1000)} s.`,
  ].join('\n');
}
