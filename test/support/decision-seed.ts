import type { Pool } from "pg";
import { columnsOf } from "../../src/audit/decision-columns.ts";
import { canonicalText, type DecisionRecord, NO_ROWS } from "../../src/audit/decision-record.ts";

/** A record that says nothing out of the ordinary, but for what a test wants to say. */
export function decisionRecord(changes: Partial<DecisionRecord> & { id: string }): DecisionRecord {
  return {
    v: 1,
    at: "2026-11-20T09:00:00.000Z",
    request: `request-${changes.id.slice(-4)}`,
    operation: { name: "Customers", digest: "0123456789abcdef0123456789abcdef" },
    action: "READ",
    type: "Customer",
    caller: {
      id: null,
      organisationId: null,
      roles: [],
      caseCodes: [],
      tokenId: null,
      state: "unknown",
    },
    purpose: "SERVICE_DELIVERY",
    policyVersion: "a policy",
    lawPack: null,
    concerned: [],
    transfers: [],
    verdicts: [],
    rows: NO_ROWS,
    clear: null,
    refusal: null,
    about: null,
    ...changes,
  };
}

/** Puts records into the sealed log as the sealer would, one place after the other. */
export async function seedDecisions(
  pool: Pool,
  records: readonly DecisionRecord[],
  { from = 0 }: { from?: number } = {},
): Promise<void> {
  for (const [place, record] of records.entries()) {
    const columns = columnsOf(record);
    const sealedAt = new Date(Date.parse(record.at) + 1_000);
    await pool.query("SELECT ensure_decision_month($1)", [sealedAt]);
    const row: Record<string, unknown> = {
      tree_index: from + place,
      sealed_at: sealedAt,
      body: canonicalText(record),
      ...Object.fromEntries(
        Object.entries(columns).map(([name, value]) => [
          name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
          value,
        ]),
      ),
    };
    const names = Object.keys(row);
    await pool.query(
      `INSERT INTO decision (${names.join(", ")}) VALUES (${names.map((_, at) => `$${at + 1}`).join(", ")})`,
      Object.values(row),
    );
  }
}
