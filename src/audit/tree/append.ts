import { invariant } from "../../lib/invariant.ts";
import { EMPTY_ROOT, HASH_BYTES } from "./hashing.ts";
import { isTreeSize } from "./ranges.ts";
import { readHashes, rootOfHashes } from "./read-hashes.ts";
import {
  edgeTiles,
  type Tile,
  TILE_WIDTH,
  type TileId,
  type TileSource,
  TreeDamagedError,
} from "./tile.ts";

/** A tree of so many leaves with this root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Buffer;
}

/** What appending made: the new head, and each tile that is new or longer, whole. */
export interface Appended extends TreeHead {
  readonly tiles: readonly Tile[];
}

/** The head of a log that has no entry yet. */
export const EMPTY_TREE: TreeHead = { size: 0, root: EMPTY_ROOT };

/**
 * Appends leaves to a tree. Reads only the unfinished tiles at the right edge, in one question, and
 * first makes sure that they still give the root that was signed, so that damage is never signed over.
 *
 * @param leaves leaf hashes, in their order
 * @throws INTERNAL_SERVER_ERROR as a `TreeDamagedError` when the stored edge does not give `tree.root`
 */
export async function appendLeaves(request: {
  source: TileSource;
  tree: TreeHead;
  leaves: readonly Uint8Array[];
}): Promise<Appended> {
  const { source, tree, leaves } = request;
  const size = tree.size + leaves.length;
  invariant(isTreeSize(tree.size) && isTreeSize(size), "A tree has grown past what can be counted");
  const read = await readEdge(source, tree);
  const grown = new GrowingTree(tree.size, read);
  for (const leaf of leaves) grown.add(0, leaf);
  const tiles = grown.changedTiles();
  const kept = new Map([...read, ...tiles].map((tile) => [`${tile.level}/${tile.index}`, tile]));
  return { size, root: await rootOf({ source: sourceOver(kept), size }), tiles };
}

/** Root of a tree of any size that the tiles hold. */
export async function rootOf(request: { source: TileSource; size: number }): Promise<Buffer> {
  if (request.size === 0) return EMPTY_ROOT;
  const [root] = await readHashes({ ...request, ranges: [{ start: 0, end: request.size }] });
  return root as Buffer;
}

async function readEdge(source: TileSource, tree: TreeHead): Promise<Tile[]> {
  const ids = edgeTiles(tree.size);
  const read = ids.length === 0 ? [] : await source.read(ids);
  const tiles = ids.map((id, at) => ({ ...id, hashes: atWidth(id, read[at]) }));
  const known = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile]));
  const root = await rootOf({ source: sourceOver(known), size: tree.size });
  if (!root.equals(tree.root))
    throw new TreeDamagedError(`The stored tiles do not give the root of ${tree.size} leaves`);
  return tiles;
}

function atWidth({ level, index, width }: TileId, hashes: Uint8Array | undefined): Buffer {
  if (hashes === undefined || hashes.length < width * HASH_BYTES)
    throw new TreeDamagedError(`Tile ${index} of level ${level} lacks hashes`);
  return Buffer.from(hashes.subarray(0, width * HASH_BYTES));
}

/** The root of a tree needs its edge only, for every full tile is one hash of the edge above. */
function sourceOver(tiles: ReadonlyMap<string, Tile>): TileSource {
  return {
    read: async (ids) =>
      ids.map(({ level, index }) => tiles.get(`${level}/${index}`)?.hashes ?? Buffer.alloc(0)),
  };
}

/** The levels of a tree while leaves are added; a tile that is full becomes a hash of the level above. */
class GrowingTree {
  readonly #levels: { hashes: Uint8Array[]; index: number }[] = [];
  readonly #full: Tile[] = [];
  readonly #changed = new Set<number>();

  constructor(size: number, edge: readonly Tile[]) {
    for (let level = 0; TILE_WIDTH ** level <= size; level += 1) {
      const tile = edge.find((one) => one.level === level);
      const index = Math.floor(size / TILE_WIDTH ** (level + 1));
      this.#levels.push({ hashes: tile === undefined ? [] : [tile.hashes], index });
    }
  }

  add(level: number, hash: Uint8Array): void {
    const open = (this.#levels[level] ??= { hashes: [], index: 0 });
    open.hashes.push(hash);
    this.#changed.add(level);
    if (lengthOf(open.hashes) < TILE_WIDTH * HASH_BYTES) return;
    const hashes = Buffer.concat(open.hashes);
    this.#full.push({ level, index: open.index, width: TILE_WIDTH, hashes });
    this.#levels[level] = { hashes: [], index: open.index + 1 };
    this.add(level + 1, rootOfHashes(hashes, 0, TILE_WIDTH));
  }

  changedTiles(): Tile[] {
    const open = [...this.#changed].flatMap((level): Tile[] => {
      const { hashes = [], index = 0 } = this.#levels[level] ?? {};
      if (hashes.length === 0) return [];
      const joined = Buffer.concat(hashes);
      return [{ level, index, width: joined.length / HASH_BYTES, hashes: joined }];
    });
    return [...this.#full, ...open];
  }
}

function lengthOf(parts: readonly Uint8Array[]): number {
  // All but the first are single hashes.
  const [first] = parts;
  return (first?.length ?? 0) + (parts.length - 1) * HASH_BYTES;
}
