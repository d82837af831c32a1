import type { Tile, TileSource } from "./tree/tile.ts";

/** Tiles as they will be: the new ones, and behind them what is stored. */
export function sourceWith(stored: TileSource, tiles: readonly Tile[]): TileSource {
  const known = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]));
  const ofNew = ({ level, index }: { level: number; index: number }): Buffer | undefined =>
    known.get(`${level}/${index}`);
  return {
    read: async (ids) => {
      const others = ids.filter((id) => ofNew(id) === undefined);
      const read = others.length === 0 ? [] : await stored.read(others);
      return ids.map((id) => ofNew(id) ?? read[others.indexOf(id)] ?? Buffer.alloc(0));
    },
  };
}
