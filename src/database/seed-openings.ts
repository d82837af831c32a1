import type { ClientBase } from "pg";
import type { DemoDisclosureCase } from "../identity/demo-disclosure-cases.ts";
import { add } from "./seed-writer.ts";

/** A row of `elevation`. */
export interface NewElevationRow {
  readonly id: string;
  readonly customerId: string;
  readonly organisationId: string;
  readonly requesterId: string;
  readonly approverId: string | null;
  readonly reviewerId: string | null;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly reason: string;
  readonly minutes: number;
  readonly state: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly lapsesAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
  readonly until: Date | null;
  readonly reviewState: string | null;
  readonly reviewDueAt: Date | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  readonly reviewNote: string | null;
  readonly version: number;
}

/** Whether some of these elevations are stored already. */
export async function hasElevations(client: ClientBase, ids: readonly string[]): Promise<boolean> {
  const { rows } = await client.query(
    "SELECT 1 FROM elevation WHERE id = ANY ($1::uuid[]) LIMIT 1",
    [ids],
  );
  return rows.length > 0;
}

/** Adds elevations; those that are there stay as they are. */
export async function addElevations(
  client: ClientBase,
  elevations: readonly NewElevationRow[],
): Promise<void> {
  const of = <Value>(value: (row: NewElevationRow) => Value): Value[] => elevations.map(value);
  await add(client, "elevation", [
    { column: "id", kind: "uuid", values: of(({ id }) => id) },
    { column: "customer_id", kind: "uuid", values: of(({ customerId }) => customerId) },
    { column: "organisation_id", kind: "uuid", values: of((row) => row.organisationId) },
    { column: "requester_id", kind: "uuid", values: of(({ requesterId }) => requesterId) },
    { column: "approver_id", kind: "uuid", values: of(({ approverId }) => approverId) },
    { column: "reviewer_id", kind: "uuid", values: of(({ reviewerId }) => reviewerId) },
    { column: "purpose", kind: "text", values: of(({ purpose }) => purpose) },
    { column: "fields", kind: "text[]", values: of(({ fields }) => fields) },
    { column: "reason", kind: "text", values: of(({ reason }) => reason) },
    { column: "minutes", kind: "integer", values: of(({ minutes }) => minutes) },
    { column: "state", kind: "text", values: of(({ state }) => state) },
    { column: "requested_by", kind: "text", values: of(({ requestedBy }) => requestedBy) },
    { column: "requested_at", kind: "timestamptz", values: of(({ requestedAt }) => requestedAt) },
    { column: "lapses_at", kind: "timestamptz", values: of(({ lapsesAt }) => lapsesAt) },
    { column: "decided_by", kind: "text", values: of(({ decidedBy }) => decidedBy) },
    { column: "decided_at", kind: "timestamptz", values: of(({ decidedAt }) => decidedAt) },
    { column: "decision_note", kind: "text", values: of(({ decisionNote }) => decisionNote) },
    { column: "until", kind: "timestamptz", values: of(({ until }) => until) },
    { column: "review_state", kind: "text", values: of(({ reviewState }) => reviewState) },
    { column: "review_due_at", kind: "timestamptz", values: of(({ reviewDueAt }) => reviewDueAt) },
    { column: "reviewed_by", kind: "text", values: of(({ reviewedBy }) => reviewedBy) },
    { column: "reviewed_at", kind: "timestamptz", values: of(({ reviewedAt }) => reviewedAt) },
    { column: "review_note", kind: "text", values: of(({ reviewNote }) => reviewNote) },
    { column: "version", kind: "integer", values: of(({ version }) => version) },
  ]);
}

/** Adds disclosure cases of an organisation; those that are there stay as they are. */
export async function addDisclosureCases(
  client: ClientBase,
  { organisationId, cases }: { organisationId: string; cases: readonly DemoDisclosureCase[] },
): Promise<void> {
  const of = <Value>(value: (one: DemoDisclosureCase) => Value): Value[] => cases.map(value);
  await add(client, "disclosure_case", [
    { column: "id", kind: "uuid", values: of(({ id }) => id) },
    { column: "organisation_id", kind: "uuid", values: of(() => organisationId) },
    { column: "code", kind: "text", values: of(({ code }) => code) },
    { column: "kind", kind: "text", values: of(({ kind }) => kind) },
    { column: "authority", kind: "text", values: of(({ authority }) => authority) },
    { column: "jurisdiction", kind: "text", values: of(({ jurisdiction }) => jurisdiction) },
    { column: "document_no", kind: "text", values: of(({ documentNo }) => documentNo) },
    { column: "approval_ref", kind: "text", values: of(({ approvalRef }) => approvalRef) },
    { column: "state", kind: "text", values: of(({ state }) => state) },
    { column: "fields", kind: "text[]", values: of(({ fields }) => fields) },
    { column: "received_at", kind: "timestamptz", values: of(({ receivedAt }) => receivedAt) },
    { column: "approved_at", kind: "timestamptz", values: of(({ approvedAt }) => approvedAt) },
  ]);
}
