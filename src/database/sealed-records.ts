import type { ClientBase } from "pg";
import type { DecisionColumns } from "../audit/decision-columns.ts";
import { type PlacedRecords, RecordsRefusedError } from "../audit/sealed-log.ts";
import { invariant } from "../lib/invariant.ts";
import { snakeCase } from "../lib/snake-case.ts";
import { INBOX_COLUMNS } from "./inbox-columns.ts";
import { sqlStateOf } from "./statement-failure.ts";

/** Types of the columns that are read out of a record's text. */
const COLUMNS: Readonly<Record<keyof DecisionColumns, string>> = {
  id: "uuid",
  retention: "text",
  occurredAt: "timestamptz",
  recordedOn: "date",
  requestId: "text",
  operation: "text",
  action: "text",
  principalId: "uuid",
  organisationId: "uuid",
  roles: "text[]",
  purpose: "text",
  caseCodes: "text[]",
  tokenId: "text",
  policyVersion: "text",
  lawPack: "text",
  subjectType: "text",
  fields: "text[]",
  disclosures: "text[]",
  reasons: "text[]",
  rules: "text[]",
  facets: "text[]",
  concernedIds: "uuid[]",
  transferIds: "uuid[]",
  subjects: "uuid[]",
  rowCount: "integer",
  refusal: "text",
};

const NAMES = Object.keys(COLUMNS) as (keyof DecisionColumns)[];
const SHAPE = NAMES.map((name) => `"${name}" ${COLUMNS[name]}`);
const OF_INBOX = INBOX_COLUMNS.map(snakeCase);

/**
 * The text goes from one table to the other without leaving the database, so it can't change on the
 * way. The row that came with it is read once: `OFFSET 0` keeps it from being read for each column.
 */
const MOVE = `
  WITH moved AS (DELETE FROM decision_inbox WHERE id = ANY ($2::uuid[]) RETURNING id, body, columns)
  INSERT INTO decision (tree_index, sealed_at, id, body, ${OF_INBOX.join(", ")})
  SELECT tree_index, $1, id, body, ${OF_INBOX.map((name) => `(c).${name}`).join(", ")}
    FROM (SELECT placed.tree_index, moved.id, moved.body, moved.columns::decision_columns AS c
            FROM moved JOIN unnest($2::uuid[], $3::bigint[]) AS placed (id, tree_index)
                         ON placed.id = moved.id
          OFFSET 0) AS r`;

/** JSON carries what was read out of texts, because lists of unequal length make no array of arrays. */
const MOVE_READ = `
  WITH moved AS (DELETE FROM decision_inbox WHERE id = ANY ($2::uuid[]) RETURNING id, body)
  INSERT INTO decision (tree_index, sealed_at, body, ${NAMES.map(snakeCase).join(", ")})
  SELECT placed.tree_index, $1, moved.body, ${NAMES.map((name) => `r."${name}"`).join(", ")}
    FROM json_to_recordset($4::json) AS r(${SHAPE.join(", ")})
    JOIN moved ON moved.id = r.id
    JOIN unnest($2::uuid[], $3::bigint[]) AS placed (id, tree_index) ON placed.id = r.id`;

/** SQLSTATE classes of values that don't fit: data exceptions, constraints. */
const REFUSALS = ["22", "23"];

/**
 * Moves records from the inbox into the log.
 *
 * @throws RecordsRefusedError when a value does not fit its column
 */
export async function moveRecords(
  client: ClientBase,
  { records, sealedAt }: { records: PlacedRecords; sealedAt: Date },
): Promise<void> {
  const { ids, firstIndex, read } = records;
  const columns = new Map(read.map((one) => [one.id, one]));
  const placed = ids.map((id, at) => ({ id, index: firstIndex + at }));
  const known = placed.filter(({ id }) => !columns.has(id));
  const unread = placed.filter(({ id }) => columns.has(id));
  if (known.length > 0)
    await move(client, { name: "log_move", text: MOVE, placed: known, sealedAt });
  if (unread.length > 0) {
    const query = { name: "log_move_read", text: MOVE_READ, more: [JSON.stringify(read)] };
    await move(client, { ...query, placed: unread, sealedAt });
  }
}

async function move(
  client: ClientBase,
  query: {
    name: string;
    text: string;
    placed: readonly { readonly id: string; readonly index: number }[];
    sealedAt: Date;
    more?: readonly string[];
  },
): Promise<void> {
  const { name, text, placed, sealedAt, more = [] } = query;
  // Arrays as PostgreSQL writes them: ids and numbers need no marks.
  const ids = `{${placed.map(({ id }) => id).join()}}`;
  const indexes = `{${placed.map(({ index }) => index).join()}}`;
  try {
    const { rowCount } = await client.query({
      name,
      text,
      values: [sealedAt, ids, indexes, ...more],
    });
    invariant(rowCount === placed.length, "A record left the inbox while it was sealed");
  } catch (error) {
    if (REFUSALS.some((kind) => sqlStateOf(error)?.startsWith(kind)))
      throw new RecordsRefusedError("The database refuses these records");
    throw error;
  }
}
