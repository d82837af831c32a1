import { rankOf } from "../evidence/bundle-format.ts";
import { invariant } from "../../lib/invariant.ts";
import type { PartOutline } from "./part.ts";

/** Parts in the order of their files in a bundle; those of one file as they were. */
export function inOrder<Part extends PartOutline>(parts: readonly Part[]): Part[] {
  const ranked = parts.map((part) => ({ part, rank: rankOf(part.file) }));
  invariant(
    ranked.every(({ rank }) => rank !== -1),
    "every file has its place in a bundle",
  );
  return ranked
    .sort((a, b) => a.rank - b.rank || compare(a.part.file, b.part.file))
    .map(({ part }) => part);
}

/** The parts of each file, in the order in which files come first. */
export function filesOf<Part extends PartOutline>(parts: readonly Part[]): Map<string, Part[]> {
  const files = new Map<string, Part[]>();
  for (const part of parts) {
    const ofFile = files.get(part.file);
    if (ofFile === undefined) files.set(part.file, [part]);
    else ofFile.push(part);
  }
  return files;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
