/** The paths that one of `extensions.access` stands for: those of all rows of a set such as `0-3,7`. */
export function expandedPaths(path: string): string[] {
  const set = /(?<=(?:^|\.))\d[\d,-]*[,-][\d,-]*(?=\.|$)/.exec(path);
  if (set === null) return [path];
  const before = path.slice(0, set.index);
  const after = path.slice(set.index + set[0].length);
  return indexesOf(set[0]).map((index) => `${before}${index}${after}`);
}

/** Indexes of a set, in the order in which they stand there. */
export function indexesOf(set: string): number[] {
  return set.split(",").flatMap((run) => {
    const [first = 0, last = first] = run.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, step) => first + step);
  });
}
