/** How many of two groups have a value: of those with something and of those without it. */
export type FourFold = { with: { have: number; of: number }; without: { have: number; of: number } };

/**
 * Fisher's exact test, one-sided: the chance that so many or more of those who have the value would be among the first
 * group if having it and being in it had nothing to do with each other. The tail of the hypergeometric distribution, summed
 * from its largest term in logarithms, so that a hundred thousand devices neither overflow nor vanish.
 */
export function fisherGreater({ with: first, without: second }: FourFold): number {
  const have = first.have + second.have;
  const [drawn, all] = [first.of, first.of + second.of];
  const most = Math.min(have, drawn);
  const least = Math.max(0, drawn - (all - have));
  if (first.have <= least) return 1;
  const logs: number[] = [];
  let term = logChoose(have, first.have) + logChoose(all - have, drawn - first.have) - logChoose(all, drawn);
  for (let k = first.have; k <= most; k++) {
    logs.push(term);
    // From one term to the next without another factorial.
    term += Math.log((have - k) * (drawn - k)) - Math.log((k + 1) * (all - have - drawn + k + 1));
  }
  const largest = logs.reduce((peak, each) => Math.max(peak, each), Number.NEGATIVE_INFINITY);
  const sum = logs.reduce((total, each) => total + Math.exp(each - largest), 0);
  return Math.min(1, Math.exp(largest + Math.log(sum)));
}

const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

const factorials = [0, 0];

/** The logarithm of n!, summed once and remembered as far as was asked. */
function logFactorial(n: number): number {
  for (let each = factorials.length; each <= n; each++) {
    factorials.push((factorials[each - 1] as number) + Math.log(each));
  }
  return factorials[n] as number;
}
