import { createHash } from "node:crypto";
import { type Tile, type TileId, type TileSource, TILE_WIDTH } from "../../src/audit/tree/tile.ts";

/** The tree as RFC 9162 section 2.1.1 defines it, with nothing clever: what ours is compared with. */
export function plainRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaves[0] as Buffer;
  const k = splitAt(leaves.length);
  return sha(Buffer.of(1), plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)));
}

/** PATH(m, D[n]) of RFC 9162 section 2.1.3.1. */
export function plainInclusion(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const k = splitAt(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return index < k
    ? [...plainInclusion(index, left), plainRoot(right)]
    : [...plainInclusion(index - k, right), plainRoot(left)];
}

/** SUBPROOF(m, D[n], b) of RFC 9162 section 2.1.4.1. */
export function plainConsistency(
  from: number,
  leaves: readonly Buffer[],
  isWhole = true,
): Buffer[] {
  if (from === 0) return [];
  if (from === leaves.length) return isWhole ? [] : [plainRoot(leaves)];
  const k = splitAt(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return from <= k
    ? [...plainConsistency(from, left, isWhole), plainRoot(right)]
    : [...plainConsistency(from - k, right, false), plainRoot(left)];
}

/** So many different leaf hashes, the same every time. */
export function someLeaves(count: number): Buffer[] {
  return Array.from({ length: count }, (_, at) => sha(Buffer.of(0), Buffer.from(`entry ${at}`)));
}

/** Tiles in memory, which also tells what was asked for. */
export class MemoryTiles implements TileSource {
  readonly tiles = new Map<string, Tile>();
  /** Each question that was asked, with its tiles. */
  readonly questions: (readonly TileId[])[] = [];

  async read(ids: readonly TileId[]): Promise<Buffer[]> {
    this.questions.push(ids);
    return ids.map(({ level, index, width }) => {
      if (width < 1 || width > TILE_WIDTH) throw new Error(`no tile has ${width} hashes`);
      const tile = this.tiles.get(`${level}/${index}`);
      if (tile === undefined) throw new Error(`there is no tile ${level}/${index}`);
      return tile.hashes;
    });
  }

  keep(tiles: readonly Tile[]): void {
    for (const tile of tiles) {
      const key = `${tile.level}/${tile.index}`;
      const before = this.tiles.get(key)?.hashes ?? Buffer.alloc(0);
      if (!tile.hashes.subarray(0, before.length).equals(before)) throw new Error(`${key} changed`);
      this.tiles.set(key, tile);
    }
  }
}

function splitAt(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

function sha(...parts: Buffer[]): Buffer {
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}
