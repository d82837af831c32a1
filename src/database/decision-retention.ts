import type { ClientBase, Pool } from "pg";
import type { Retention } from "../audit/decision-columns.ts";
import { canonicalText, type DecisionRecord } from "../audit/decision-record.ts";
import { lockHead } from "./sealed-log.ts";
import { inTransaction } from "./transaction.ts";

/** A time whose records are needed as evidence, such as the period of an open engagement. */
export interface HeldPeriod {
  readonly from: Date;
  /** First instant that is not held any more. */
  readonly to: Date;
}

/** Records of one month and kind that are gone. Their hashes stay, and so the proofs of all others. */
export interface DroppedMonth {
  readonly retention: Retention;
  /** Such as `2026-11`: when they were sealed. */
  readonly month: string;
  readonly records: number;
  /** Lowest and highest index; null where the month was empty. Records of the other kind lie between. */
  readonly indexes: { readonly first: number; readonly last: number } | null;
}

/** Months for which there is room ahead of time. */
const MONTHS_AHEAD = 3;

/** Time of the database (UTC): where the clock of a node is ahead, it does not make it drop what is needed. */
export async function databaseTime(database: Pool): Promise<Date> {
  const { rows } = await database.query<{ at: Date }>("SELECT clock_timestamp() AS at");
  return rows[0]?.at ?? new Date(0);
}

/** Makes room for the months to come, so that no sealing ever waits for it. */
export async function prepareDecisionMonths(database: Pool): Promise<void> {
  await database.query(
    `SELECT ensure_decision_month(clock_timestamp() + ahead * interval '1 month')
       FROM generate_series(0, $1) AS ahead`,
    [MONTHS_AHEAD],
  );
}

/**
 * Drops the months of which every record is older than it must be kept. Tiles and checkpoints stay.
 * Each month that goes is itself on record, in the same transaction.
 *
 * @param since from when on records of each kind are kept
 * @param held times of which nothing goes
 * @param recordOf says what is recorded of a month
 */
export async function dropExpiredDecisions(request: {
  database: Pool;
  since: Readonly<Record<Retention, Date>>;
  held: readonly HeldPeriod[];
  recordOf: (dropped: DroppedMonth) => DecisionRecord;
}): Promise<DroppedMonth[]> {
  const { database, since, held, recordOf } = request;
  const dropped: DroppedMonth[] = [];
  for (const part of await partsOf(database)) {
    if (part.to > since[part.retention] || held.some((one) => meets(one, part))) continue;
    const gone = await inTransaction(database, (client) => dropPart(client, { part, recordOf }));
    if (gone !== null) dropped.push(gone);
  }
  return dropped;
}

interface Part extends HeldPeriod {
  readonly table: string;
  readonly retention: Retention;
  readonly month: string;
}

function meets(one: HeldPeriod, other: HeldPeriod): boolean {
  return one.from < other.to && other.from < one.to;
}

async function partsOf(database: Pool): Promise<Part[]> {
  const { rows } = await database.query<{ table: string }>(
    `SELECT c.relname AS table FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent IN ('decision_standard'::regclass, 'decision_private'::regclass)
      ORDER BY c.relname`,
  );
  return rows.flatMap(({ table }) => {
    const named = /^decision_(standard|private)_(\d{4})(\d{2})$/.exec(table);
    if (named === null) return [];
    const [, kind = "", year = "", month = ""] = named;
    const from = new Date(Date.UTC(Number(year), Number(month) - 1));
    const to = new Date(Date.UTC(Number(year), Number(month)));
    const retention = kind === "private" ? "PRIVATE" : "STANDARD";
    return [{ table, retention, month: `${year}-${month}`, from, to }];
  });
}

/** Blocks that are empty now; those with records of the other kind keep their words, which do no harm. */
const FORGET_BLOCKS = `
  DELETE FROM decision_block b
   WHERE b.block BETWEEN $1::bigint >> 10 AND $2::bigint >> 10
     AND NOT EXISTS (SELECT FROM decision d
                      WHERE d.tree_index >= b.block << 10 AND d.tree_index < (b.block + 1) << 10)`;

/** Null where another node was faster. */
async function dropPart(
  client: ClientBase,
  { part, recordOf }: { part: Part; recordOf: (dropped: DroppedMonth) => DecisionRecord },
): Promise<DroppedMonth | null> {
  // Whoever seals, and whoever else drops, waits; and is waited for.
  await lockHead(client);
  const found = await client.query<{ found: boolean }>(
    "SELECT to_regclass($1) IS NOT NULL AS found",
    [part.table],
  );
  if (found.rows[0]?.found !== true) return null;
  const { rows } = await client.query<{ records: string; first: string; last: string }>(
    `SELECT count(*) AS records, min(tree_index) AS first, max(tree_index) AS last
       FROM ${part.table}`,
  );
  const { records = "0", first = "0", last = "0" } = rows[0] ?? {};
  const dropped = {
    retention: part.retention,
    month: part.month,
    records: Number(records),
    indexes: records === "0" ? null : { first: Number(first), last: Number(last) },
  };
  // In the order of everybody else: the inbox, then the log.
  const record = recordOf(dropped);
  await client.query("INSERT INTO decision_inbox (id, body) VALUES ($1, $2)", [
    record.id,
    canonicalText(record),
  ]);
  await client.query(`DROP TABLE ${part.table}`);
  if (dropped.indexes !== null) await client.query(FORGET_BLOCKS, [first, last]);
  return dropped;
}
