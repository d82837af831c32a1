/**
 * How far two samples lie apart, as the z of a Mann-Whitney rank test: near 0 for samples of one
 * distribution, whatever it is, and beyond 5 by chance once in two million times.
 */
export function rankDistance(one: readonly number[], other: readonly number[]): number {
  const all = [
    ...one.map((value) => ({ value, isOne: true })),
    ...other.map((value) => ({ value, isOne: false })),
  ];
  all.sort((a, b) => a.value - b.value);
  let sum = 0;
  for (let at = 0; at < all.length;) {
    let end = at;
    while (end < all.length && all[end]?.value === all[at]?.value) end++;
    // Equal values share the mean of their ranks.
    const rank = (at + 1 + end) / 2;
    for (; at < end; at++) if (all[at]?.isOne === true) sum += rank;
  }
  const [n, m] = [one.length, other.length];
  const expected = (n * (n + m + 1)) / 2;
  return (sum - expected) / Math.sqrt((n * m * (n + m + 1)) / 12);
}
