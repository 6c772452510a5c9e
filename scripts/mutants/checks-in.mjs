/**
 * One place where the code decides who may, and the same file without that decision.
 * @typedef {{ line: number, check: string, without: string }} Removed
 */

/** Calls that throw; without the call the code continues. */
const STATEMENT = /^[ \t]*(?:assertCan|allow|permitted)\(/gm;
/** Calls that return a boolean; without the check the answer is yes. */
const QUESTION = /(?<!function |[\w.])(?:can|sees|seesField|mayOpen|mayName|mayNameDevice)\(/g;

/**
 * Every decision by role in a source, each with the source as it would be without that one.
 * @param {string} source
 * @returns {Removed[]}
 */
export function checksIn(source) {
  const found = [
    ...[...source.matchAll(STATEMENT)].map((match) => removed(source, match, ';', '')),
    ...[...source.matchAll(QUESTION)].map((match) => removed(source, match, '', 'true')),
  ];
  const lines = source.split('\n');
  return found
    .filter(({ line }) => !/^\s*(?:\/\*|\*|\/\/)/.test(lines[line - 1] ?? ''))
    .sort((a, b) => a.line - b.line);
}

/**
 * @param {string} source
 * @param {RegExpExecArray} match up to the opening bracket of a call
 * @param {string} tail what ends it behind the closing one
 * @param {string} instead
 * @returns {Removed}
 */
function removed(source, { 0: begin, index }, tail, instead) {
  const from = index + begin.length - begin.trimStart().length;
  let [to, depth] = [index + begin.length, 1];
  for (; depth > 0; to++) depth += Number(source[to] === '(') - Number(source[to] === ')');
  if (source.startsWith(tail, to)) to += tail.length;
  return {
    line: source.slice(0, from).split('\n').length,
    check: source.slice(from, to).split('\n')[0] ?? '',
    without: source.slice(0, from) + instead + source.slice(to),
  };
}
