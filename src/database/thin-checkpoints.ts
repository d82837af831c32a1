import type { Pool } from "pg";

/**
 * Forgets checkpoints of before a time but the last of each hour, those that a witness or a second key
 * signed, and the newest. Nothing is lost with them: any size of the tree can be proved from its tiles.
 *
 * @returns how many were forgotten
 */
export async function thinCheckpoints({
  database,
  before,
}: {
  database: Pool;
  before: Date;
}): Promise<number> {
  const { rowCount } = await database.query(
    `DELETE FROM log_checkpoint c
      USING (SELECT tree_size, lead(sealed_at) OVER (ORDER BY tree_size) AS next
               FROM log_checkpoint WHERE sealed_at < $1) AS old
      WHERE c.tree_size = old.tree_size
        AND date_trunc('hour', old.next) = date_trunc('hour', c.sealed_at)
        AND NOT EXISTS (SELECT FROM log_cosignature s WHERE s.tree_size = c.tree_size)
        AND split_part(c.note, E'\\n\\u2014 ', 3) = ''`,
    [before],
  );
  return rowCount ?? 0;
}
