import type { Pool } from "pg";
import type { Statement } from "../../src/database/run-statement.ts";

/** A node of a plan, as `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)` tells of it. */
interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Shared Hit Blocks"?: number;
  readonly "Shared Read Blocks"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What a statement cost, told by PostgreSQL after it ran. */
export interface Explained {
  /** Rows of its result. */
  readonly rows: number;
  /** Rows of tables that were looked at, whether they passed or not. */
  readonly touched: number;
  /** Blocks of 8 kB that were read from memory or disk. */
  readonly blocks: number;
  readonly indexes: readonly string[];
  /** For the message of a test that fails. */
  readonly plan: string;
}

/** Runs a statement of the reader, and tells what it cost. */
export async function explained(pool: Pool, { text, values }: Statement): Promise<Explained> {
  const { rows } = await pool.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
    `explain (analyze, buffers, format json) ${text}`,
    [...values],
  );
  const top = rows[0]?.["QUERY PLAN"][0]?.Plan;
  if (top === undefined) throw new Error("There is no plan.");
  const nodes = allNodes(top);
  return {
    rows: top["Actual Rows"],
    touched: nodes.filter(readsRows).reduce((sum, node) => sum + touchedBy(node), 0),
    blocks: (top["Shared Hit Blocks"] ?? 0) + (top["Shared Read Blocks"] ?? 0),
    indexes: [...new Set(nodes.flatMap((node) => node["Index Name"] ?? []))],
    plan: nodes
      .map((node) =>
        [node["Node Type"], node["Relation Name"], node["Index Name"], touchedBy(node)].join(" "),
      )
      .join("\n"),
  };
}

function readsRows(node: PlanNode): boolean {
  return /^(Index|Index Only|Bitmap Heap|Bitmap Index|Seq) Scan$/.test(node["Node Type"]);
}

function touchedBy(node: PlanNode): number {
  const dropped =
    (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  return (node["Actual Rows"] + dropped) * node["Actual Loops"];
}

function allNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(allNodes)];
}
