/**
 * Writes ascending indexes down as runs: how many are left out before a run and, where it is longer
 * than one, how long it is. A thousand in a row are as short as one.
 */
export function writeRuns(indexes: readonly number[]): string {
  const runs: string[] = [];
  let next = 0;
  for (let at = 0; at < indexes.length;) {
    const first = indexes[at] as number;
    let length = 1;
    while (indexes[at + length] === first + length) length += 1;
    runs.push(length === 1 ? `${first - next}` : `${first - next}x${length}`);
    next = first + length;
    at += length;
  }
  return runs.join(" ");
}

/** Reads runs; the other direction of `writeRuns`. */
export function readRuns(runs: string): number[] {
  const indexes: number[] = [];
  let next = 0;
  for (const run of runs === "" ? [] : runs.split(" ")) {
    const [gap, length = "1"] = run.split("x");
    next += Number(gap);
    for (let left = Number(length); left > 0; left -= 1) indexes.push(next++);
  }
  return indexes;
}
