import { HASH_BYTES, nodeHash } from "./hashing.ts";
import { type LeafRange, perfectSubtrees } from "./ranges.ts";
import {
  hashAt,
  leavesUnder,
  TILE_WIDTH,
  type TileId,
  type TileSource,
  TreeDamagedError,
} from "./tile.ts";

/** Where the hash of a perfect subtree is found: the hashes of a tile that lie under it. */
interface Spot {
  readonly level: number;
  readonly tile: number;
  readonly first: number;
  readonly count: number;
}

/**
 * Hashes of subtrees, read from the tiles in one question.
 *
 * @param ranges subtrees as RFC 9162 splits a tree, all of them within `size`
 * @throws INTERNAL_SERVER_ERROR as a `TreeDamagedError` when a tile is missing or too short
 */
export async function readHashes(request: {
  source: TileSource;
  size: number;
  ranges: readonly LeafRange[];
}): Promise<Buffer[]> {
  const parts = request.ranges.map((range) => perfectSubtrees(range).map(spotOf));
  const tiles = await readTiles(request, parts.flat());
  const hashOf = (spot: Spot): Buffer => {
    const hashes = tiles.get(keyOf(spot.level, spot.tile)) as Uint8Array;
    return rootOfHashes(hashes, spot.first, spot.count);
  };
  return parts.map((spots) => joinSubtrees(spots.map(hashOf)));
}

/** Root over neighbouring perfect subtrees that become smaller to the right. */
function joinSubtrees(hashes: readonly Buffer[]): Buffer {
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** Root over a power of two of hashes within a tile. */
export function rootOfHashes(hashes: Uint8Array, first: number, count: number): Buffer {
  if (count === 1) return hashAt(hashes, first);
  const half = count / 2;
  return nodeHash(rootOfHashes(hashes, first, half), rootOfHashes(hashes, first + half, half));
}

function spotOf({ start, end }: LeafRange): Spot {
  const leaves = end - start;
  let level = 0;
  while (leavesUnder(level + 1) <= leaves) level += 1;
  const position = start / leavesUnder(level);
  return {
    level,
    tile: Math.floor(position / TILE_WIDTH),
    first: position % TILE_WIDTH,
    count: leaves / leavesUnder(level),
  };
}

async function readTiles(
  { source, size }: { source: TileSource; size: number },
  spots: readonly Spot[],
): Promise<Map<string, Uint8Array>> {
  const ids = new Map<string, TileId>();
  for (const { level, tile } of spots) {
    const ofLevel = Math.floor(size / leavesUnder(level));
    const width = Math.min(TILE_WIDTH, ofLevel - tile * TILE_WIDTH);
    ids.set(keyOf(level, tile), { level, index: tile, width });
  }
  const asked = [...ids.values()];
  const read = asked.length === 0 ? [] : await source.read(asked);
  const tiles = new Map<string, Uint8Array>();
  for (const [at, { level, index, width }] of asked.entries()) {
    const hashes = read[at];
    if (hashes === undefined || hashes.length < width * HASH_BYTES)
      throw new TreeDamagedError(`Tile ${index} of level ${level} lacks hashes`);
    tiles.set(keyOf(level, index), hashes);
  }
  return tiles;
}

function keyOf(level: number, tile: number): string {
  return `${level}/${tile}`;
}
