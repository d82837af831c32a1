import type { ClientBase } from "pg";
import type { DecisionColumns } from "../audit/decision-columns.ts";
import { RecordsRefusedError, type SealedRecord } from "../audit/sealed-log.ts";
import { invariant } from "../lib/invariant.ts";
import { snakeCase } from "../lib/snake-case.ts";
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
const LISTED = NAMES.map(snakeCase);
const SHAPE = NAMES.map((name) => `"${name}" ${COLUMNS[name]}`);

/**
 * The text goes from one table to the other without leaving the database, so it can't change on the
 * way; JSON carries the rest, because lists of unequal length make no array of arrays.
 */
const MOVE = `
  WITH moved AS (DELETE FROM decision_inbox WHERE id = ANY ($1::uuid[]) RETURNING id, body)
  INSERT INTO decision (tree_index, sealed_at, body, ${LISTED.join(", ")})
  SELECT r."treeIndex", $2, moved.body, ${NAMES.map((name) => `r."${name}"`).join(", ")}
    FROM json_to_recordset($3::json) AS r("treeIndex" bigint, ${SHAPE.join(", ")})
    JOIN moved ON moved.id = r.id`;

/** SQLSTATE classes of values that don't fit: data exceptions, constraints. */
const REFUSALS = ["22", "23"];

/**
 * Moves records from the inbox into the log.
 *
 * @throws RecordsRefusedError when a value does not fit its column
 */
export async function moveRecords(
  client: ClientBase,
  { records, sealedAt }: { records: readonly SealedRecord[]; sealedAt: Date },
): Promise<void> {
  const rows = records.map(({ treeIndex, columns }) => ({ treeIndex, ...columns }));
  const ids = records.map(({ columns }) => columns.id);
  try {
    const { rowCount } = await client.query({
      name: "log_move",
      text: MOVE,
      values: [ids, sealedAt, JSON.stringify(rows)],
    });
    invariant(rowCount === records.length, "A record left the inbox while it was sealed");
  } catch (error) {
    if (REFUSALS.some((kind) => sqlStateOf(error)?.startsWith(kind)))
      throw new RecordsRefusedError("The database refuses these records");
    throw error;
  }
}
