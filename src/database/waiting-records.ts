import type { ClientBase } from "pg";
import type { TakenRecords, TakeWanted, WaitingRecord } from "../audit/sealed-log.ts";
import { HASH_BYTES } from "../audit/tree/hashing.ts";

/** How much earlier than its own time a record can have been sealed: clocks of nodes differ. */
const CLOCKS_DIFFER_MS = 86_400_000;

/**
 * Texts stay where they are: the leaf hash of RFC 9162 section 2.1.1 is made over the bytes that are
 * moved. Columns count only beside a text that begins as that of this very record.
 */
const TAKE = `
  SELECT array_agg(id ORDER BY received_at, id)::text AS ids,
         string_agg(leaf, '' ORDER BY received_at, id) AS leaves,
         array_agg(id) FILTER (WHERE NOT is_read)::text AS unread
    FROM (SELECT id, received_at, sha256('\\x00'::bytea || convert_to(body, 'UTF8')) AS leaf,
                 NOT $2 AND columns IS NOT NULL
                   AND starts_with(body, '{"v":1,"id":"' || id::text || '",') AS is_read
            FROM decision_inbox ORDER BY received_at, id LIMIT $1) AS waiting`;

interface Taken {
  /** Arrays as text; null where there is none. */
  readonly ids: string | null;
  readonly leaves: Buffer | null;
  readonly unread: string | null;
}

/** Takes what waits, the oldest first, without what is sealed already. */
export async function takeWaiting(client: ClientBase, wanted: TakeWanted): Promise<TakenRecords> {
  for (;;) {
    const { rows } = await client.query<Taken>({
      name: "log_take",
      text: TAKE,
      values: [wanted.most, wanted.isReading],
    });
    const { ids = null, leaves = null, unread = null } = rows[0] ?? {};
    if (ids === null || leaves === null) return { leaves: [], unread: [] };
    const listed = ids.slice(1, -1).split(",");
    if (!(await forgetSealed(client, { ids, listed })))
      return {
        leaves: listed.map((id, at) => ({ id, leaf: hashAt(leaves, at) })),
        unread: unread === null ? [] : await textsOf(client, unread),
      };
  }
}

function hashAt(leaves: Buffer, at: number): Buffer {
  return leaves.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
}

async function textsOf(client: ClientBase, ids: string): Promise<WaitingRecord[]> {
  const { rows } = await client.query<WaitingRecord>({
    name: "log_take_texts",
    text: `SELECT id, body AS text, received_at AS "receivedAt"
             FROM decision_inbox WHERE id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return rows;
}

/** One look into an index for each: `OFFSET 0` keeps it from being made one look at all of the log. */
const SEALED = `
  SELECT given.id FROM unnest($1::uuid[]) AS given (id)
   WHERE EXISTS (SELECT FROM decision d WHERE d.id = given.id AND d.sealed_at >= $2 OFFSET 0)`;

/**
 * Takes out of the inbox what is sealed already: its writer lost the connection, did not hear of its
 * commit, and wrote it again. Ids begin with their time, so only the parts of the log since then are asked.
 *
 * @returns whether there was any
 */
async function forgetSealed(
  client: ClientBase,
  { ids, listed }: { ids: string; listed: readonly string[] },
): Promise<boolean> {
  const since = listed.reduce((earliest, id) => Math.min(earliest, timeOf(id)), Infinity);
  const { rows } = await client.query<{ id: string }>({
    text: SEALED,
    values: [ids, new Date(Math.max(since - CLOCKS_DIFFER_MS, 0))],
  });
  if (rows.length === 0) return false;
  await client.query("DELETE FROM decision_inbox WHERE id = ANY ($1::uuid[])", [
    rows.map(({ id }) => id),
  ]);
  return true;
}

/** Milliseconds since 1970 in a UUID of version 7 (RFC 9562 section 5.7); any other may be of any time. */
function timeOf(id: string): number {
  const isVersion7 = id[14] === "7";
  return isVersion7 ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : 0;
}
