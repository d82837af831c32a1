import type pg from "pg";
import { type DecisionRecord, recordIn } from "../../src/audit/decision-record.ts";
import type { TestServer } from "./start-test-server.ts";

/** Every record that is durable, sealed or not, in the order of its making. */
export async function durableRecords(client: pg.Client | pg.Pool): Promise<DecisionRecord[]> {
  const { rows } = await client.query<{ body: string }>(
    "SELECT id, body FROM decision_inbox UNION ALL SELECT id, body FROM decision ORDER BY id",
  );
  return rows.map(({ body }) => recordIn(body));
}

/** The durable records of one request. */
export async function recordsOf(server: TestServer, requestId: string): Promise<DecisionRecord[]> {
  const records = await durableRecords(server.app.services.database.pool);
  return records.filter(({ request }) => request === requestId);
}

/** The id of a request, by which its records are found. */
export function requestIdOf({ headers }: { headers: Headers }): string {
  const id = headers.get("x-request-id");
  if (id === null) throw new Error("the answer does not say which request it is for");
  return id;
}

/** What a record says of one field of one customer. */
export interface FieldOnRecord {
  readonly field: string;
  readonly disclosure: string;
  readonly reason: string | null;
  readonly rule: string;
}

/** What records of one request say of a customer, field by field. */
export function fieldsOnRecord(
  records: readonly DecisionRecord[],
  { type, reference }: { type: string; reference: string },
): FieldOnRecord[] {
  return records
    .filter((one) => one.action === "READ" && one.type === type)
    .filter(({ rows }) => rows.customers.includes(reference))
    .flatMap(({ verdicts }) => verdicts)
    .flatMap(({ fields, disclosure, reason, rule }) =>
      fields.map((field) => ({ field, disclosure, reason, rule })),
    );
}
