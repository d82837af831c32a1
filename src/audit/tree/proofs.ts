import { consistencyRanges, inclusionRanges, type LeafRange, rangesBeside } from "./ranges.ts";
import { readHashes } from "./read-hashes.ts";
import type { TileSource } from "./tile.ts";

/**
 * Proves that leaves are in the tree of a size: for each its sibling hashes, from the leaf up. All
 * proofs together read their tiles in one question.
 *
 * @throws INTERNAL_SERVER_ERROR as a `TreeDamagedError` when tiles are missing
 * Source: RFC 9162 section 2.1.3.1.
 */
export async function proveInclusion(request: {
  source: TileSource;
  size: number;
  indexes: readonly number[];
}): Promise<Buffer[][]> {
  const { source, size, indexes } = request;
  const paths = indexes.map((index) => inclusionRanges({ index, size }));
  const seen = new Map<number, Map<number, number>>();
  const ranges: LeafRange[] = [];
  const places = paths.map((path) =>
    path.map((range) => {
      const ofStart = seen.get(range.start) ?? new Map<number, number>();
      seen.set(range.start, ofStart);
      const place = ofStart.get(range.end) ?? ranges.push(range) - 1;
      ofStart.set(range.end, place);
      return place;
    }),
  );
  const hashes = await readHashes({ source, size, ranges });
  return places.map((path) => path.map((place) => hashes[place] as Buffer));
}

/**
 * Proves that the tree of one size begins with the tree of a smaller one.
 *
 * @throws INTERNAL_SERVER_ERROR as a `TreeDamagedError` when tiles are missing
 * Source: RFC 9162 section 2.1.4.1.
 */
export async function proveConsistency(request: {
  source: TileSource;
  from: number;
  to: number;
}): Promise<Buffer[]> {
  const { source, from, to } = request;
  return readHashes({ source, size: to, ranges: consistencyRanges({ from, to }) });
}

/**
 * Proves many leaves of one tree at once: the hashes of the subtrees that hold none of them, from
 * left to right. No hash comes twice, and what lies between proved leaves needs none.
 *
 * @param indexes of the leaves, ascending, each once
 * @throws INTERNAL_SERVER_ERROR as a `TreeDamagedError` when tiles are missing
 */
export async function proveSubset(request: {
  source: TileSource;
  size: number;
  indexes: readonly number[];
}): Promise<Buffer[]> {
  return readHashes({ ...request, ranges: rangesBeside(request) });
}
