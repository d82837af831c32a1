import { HASH_BYTES } from "./hashing.ts";

/** Hashes in a full tile, which spans eight levels of the tree. Source: C2SP tlog-tiles. */
export const TILE_WIDTH = 256;

/** Which tile, and how many of its hashes. */
export interface TileId {
  /** 0 for leaf hashes; each hash of level n + 1 is the root of one full tile of level n. */
  readonly level: number;
  /** Counts from 0 within the level. */
  readonly index: number;
  /** 1 to 256 hashes; less than 256 only at the right edge of a tree. */
  readonly width: number;
}

/** A tile with its hashes, `width` times 32 bytes one after another. */
export interface Tile extends TileId {
  readonly hashes: Buffer;
}

/**
 * Where tiles are kept. A tile only ever grows at its end, so the newest form of a tile serves every
 * older size: one row for each level and index is enough.
 */
export interface TileSource {
  /**
   * Reads tiles, all of one question together.
   *
   * @returns the hashes of each in the order asked, at least `width` of them; a source may give more
   */
  read(tiles: readonly TileId[]): Promise<readonly Uint8Array[]>;
}

/** The stored tiles do not hold the tree that they should; nothing may be signed or proved from them. */
export class TreeDamagedError extends Error {
  override readonly name = "TreeDamagedError";
}

/** Leaves that one hash of a tile level stands for. */
export function leavesUnder(level: number): number {
  return TILE_WIDTH ** level;
}

/** The unfinished tiles of a tree, lowest first; a level whose last tile is full has none. */
export function edgeTiles(size: number): TileId[] {
  const tiles: TileId[] = [];
  for (let level = 0; leavesUnder(level) <= size; level += 1) {
    const hashes = Math.floor(size / leavesUnder(level));
    const width = hashes % TILE_WIDTH;
    if (width > 0) tiles.push({ level, index: Math.floor(hashes / TILE_WIDTH), width });
  }
  return tiles;
}

/**
 * Path of a tile as logs publish it, such as `tile/0/x001/x234/067.p/5`. Source: C2SP tlog-tiles.
 */
export function tilePath({ level, index, width }: TileId): string {
  const groups = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  return `tile/${level}/${groups.join("/")}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** One hash of a tile. */
export function hashAt(hashes: Uint8Array, position: number): Buffer {
  const start = hashes.byteOffset + position * HASH_BYTES;
  return Buffer.from(hashes.buffer, start, HASH_BYTES);
}
