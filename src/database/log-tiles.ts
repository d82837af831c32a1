import type { ClientBase, Pool } from "pg";
import type { Tile, TileSource } from "../audit/tree/tile.ts";

/** Tiles of the log as they are stored; one question is one statement. */
export function storedTiles(database: Pool | ClientBase): TileSource {
  return {
    read: async (ids) => {
      const { rows } = await database.query<{ level: number; tile: string; hashes: Buffer }>({
        name: "log_tiles",
        text: `SELECT t.level, t.tile, t.hashes
                 FROM unnest($1::smallint[], $2::bigint[]) AS asked (level, tile)
                 JOIN log_tile t ON t.level = asked.level AND t.tile = asked.tile`,
        values: [ids.map(({ level }) => level), ids.map(({ index }) => index)],
      });
      const found = new Map(rows.map(({ level, tile, hashes }) => [`${level}/${tile}`, hashes]));
      return ids.map(({ level, index }) => found.get(`${level}/${index}`) ?? Buffer.alloc(0));
    },
  };
}

/** Writes tiles that are new or longer. */
export async function writeTiles(client: ClientBase, tiles: readonly Tile[]): Promise<void> {
  await client.query({
    name: "log_tiles_write",
    text: `INSERT INTO log_tile (level, tile, hashes)
           SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
               ON CONFLICT (level, tile) DO UPDATE SET hashes = excluded.hashes`,
    values: [
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      tiles.map(({ hashes }) => hashes),
    ],
  });
}
