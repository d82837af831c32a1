import type { Fault } from "./fault.ts";

/** What the lines of a part turned out to be. */
export interface ComparedRecords {
  readonly faults: readonly Fault[];
  /** Records that are missing at the end of the part: cut off, or removed, as others decide. */
  readonly cutFrom: { readonly index: number; readonly count: number } | null;
}

/**
 * Compares the records of a part with the leaves that its proof has for them, and names what was
 * done: altered, removed, swapped or added. Hashes are given in base 64.
 *
 * @param leaves hash of each leaf of the proof
 * @param found hash of each line
 */
export function compareRecords(request: {
  path: string;
  indexes: readonly number[];
  leaves: readonly string[];
  found: readonly string[];
}): ComparedRecords {
  const { path, indexes, leaves, found } = request;
  const places = placesOf(leaves);
  // For each line the place of the leaf that it is; null for a line that no leaf is left for.
  const placed = found.map((hash, line) => takePlace(places.get(hash), line));
  const kept = placed.filter((place) => place !== null);
  const strangers = placed.length - kept.length;
  const there = new Set(kept);
  const lost = leaves.map((_, place) => place).filter((place) => !there.has(place));
  const swapped = kept.filter((place, at) => at > 0 && place < (kept[at - 1] as number));
  // A stranger stands for a record that is gone, as far as there are any.
  const altered = lost.slice(0, strangers);
  const missing = lost.slice(strangers);
  const [cut, removed] = divideTail(missing, leaves.length);
  const indexOf = (place: number): number => indexes[place] ?? 0;
  const faults: Fault[] = [
    ...altered.map((place) => faultAt("RECORD_ALTERED", path, indexOf(place))),
    ...removed.map((place) => faultAt("RECORD_MISSING", path, indexOf(place))),
    ...swapped.map((place) => faultAt("RECORDS_SWAPPED", path, indexOf(place))),
  ];
  for (let more = lost.length; more < strangers; more += 1)
    faults.push({
      code: "RECORD_ADDED",
      subject: path,
      text: "a line that is no record of the log",
    });
  const [first] = cut;
  return {
    faults,
    cutFrom: first === undefined ? null : { index: indexOf(first), count: cut.length },
  };
}

const TEXTS = {
  RECORD_ALTERED: "is not the one that was logged",
  RECORD_MISSING: "was removed",
  RECORDS_SWAPPED: "stands after one that was logged later",
} as const;

function faultAt(code: keyof typeof TEXTS, path: string, index: number): Fault {
  return { code, subject: `${path} record ${index}`, text: `record ${index} ${TEXTS[code]}` };
}

function placesOf(leaves: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, hash] of leaves.entries()) {
    const same = places.get(hash);
    if (same === undefined) places.set(hash, [place]);
    else same.push(place);
  }
  return places;
}

/** The leaf at the line's own place where it is one of them, otherwise the first that is left. */
function takePlace(places: number[] | undefined, line: number): number | null {
  if (places === undefined || places.length === 0) return null;
  const own = places.indexOf(line);
  return places.splice(Math.max(own, 0), 1)[0] ?? null;
}

/** Divides missing places into those at the very end and those before. */
function divideTail(missing: readonly number[], count: number): [number[], number[]] {
  const places = new Set(missing);
  let from = count;
  while (places.has(from - 1)) from -= 1;
  return [missing.filter((place) => place >= from), missing.filter((place) => place < from)];
}
