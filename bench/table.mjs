import { boundText, verdict } from './figures.mjs';

/**
 * What came of a row: figures, or the words of what was wrong.
 * @typedef {{ row: string, title: string, figures: import('./figures.mjs').Figure[], wrong?: string }} Outcome
 */

const HEAD = ['row', 'measured', 'must', 'beyond', 'verdict'];
const WIDEST = 78;

/** @param {Outcome[]} outcomes */
export function table(outcomes) {
  const lines = outcomes.flatMap(({ row, title, figures, wrong }) => [
    ['', title],
    ...figures.map((figure) => [
      `${row}  ${figure.what}`,
      figure.measured,
      boundText(figure.must, figure.unit),
      boundText(figure.beyond, figure.unit),
      verdict(figure),
    ]),
    ...(wrong ? [[row, wrong, '', '', 'wrong']] : []),
  ]);
  const widths = HEAD.map((_, column) =>
    Math.min(WIDEST, Math.max(...[HEAD, ...lines.filter(isFigure)].map((line) => line[column]?.length ?? 0))),
  );
  const print = (/** @type {string[]} */ line) =>
    isFigure(line)
      ? line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()
      : `\n${line[1]}`;
  return [HEAD, ...lines].map(print).join('\n');
}

/** @param {string[]} line */
const isFigure = (line) => line.length > 2;

/** @param {Outcome[]} outcomes @param {Record<string, unknown>} conditions */
export function asJson(outcomes, conditions) {
  const rows = outcomes.map((outcome) => ({
    ...outcome,
    figures: outcome.figures.map((figure) => ({ ...figure, verdict: verdict(figure) })),
  }));
  return JSON.stringify({ conditions, rows }, null, 2);
}
