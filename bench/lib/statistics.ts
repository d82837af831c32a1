/** What is said of a series of figures: its middle one, and the least and the greatest. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly count: number;
}

/** The middle figure; of an even number of them the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)] ?? Number.NaN;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The figure below which this part (0 to 1) of all lies, by the nearest rank. NaN for none. */
export function percentile(values: readonly number[] | Float64Array, part: number): number {
  const sorted = Float64Array.from(values).sort();
  const rank = Math.max(1, Math.ceil(part * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** Median and spread of a series. */
export function summarise(values: readonly number[]): Summary {
  return {
    median: median(values),
    least: values.length === 0 ? Number.NaN : Math.min(...values),
    most: values.length === 0 ? Number.NaN : Math.max(...values),
    count: values.length,
  };
}

/**
 * The ratio of two series that were measured in turns: each round's figure against the same round's,
 * so that what the machine did meanwhile hit both.
 */
export function ratioOfRounds(above: readonly number[], below: readonly number[]): Summary {
  const rounds = Math.min(above.length, below.length);
  const ratios = Array.from({ length: rounds }, (_, at) => (above[at] ?? 0) / (below[at] ?? 0));
  return summarise(ratios);
}

/** The straight line through points by least squares. */
export function slopeOf(points: readonly (readonly [number, number])[]): {
  readonly slope: number;
  readonly start: number;
} {
  const n = points.length;
  if (n < 2) return { slope: Number.NaN, start: Number.NaN };
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const over = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const under = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = over / under;
  return { slope, start: meanY - slope * meanX };
}
