import type { TypeDefinition } from "../classification/catalog.ts";
import type { SqlKind } from "./sql-kind.ts";

/** Columns of a table that neither rules nor callers read, so that the catalog doesn't know them. */
const BOOKKEEPING: Readonly<Record<string, Readonly<Record<string, SqlKind>>>> = {
  access_review_item: {
    review_id: "uuid",
    assignment_id: "uuid",
    decided_by_id: "uuid",
  },
  audit_sample: { engagement_id: "uuid" },
  audit_team_member: { engagement_id: "uuid" },
  cross_border_mechanism: { created_at: "timestamptz" },
  customer: {
    age_reckoned_from: "date",
    circumstances_salt: "bytea",
    control_epoch: "integer",
    record_digest: "bytea",
    created_at: "timestamptz",
    version: "integer",
  },
  customer_event: { customer_id: "uuid" },
  decision: { retention: "text" },
  evidence_export: {
    engagement_id: "uuid",
    scope: "text",
    told: "text",
    resume_at: "bigint",
    worker: "uuid",
    leased_until: "timestamptz",
  },
  elevation: { customer_id: "uuid", reviewer_id: "uuid" },
  transfer: { version: "integer", created_at: "timestamptz", updated_at: "timestamptz" },
};

/** Primary keys that aren't the id alone: the owner's id leads, to distribute the table by it. */
const PRIMARY_KEYS: Readonly<Record<string, readonly string[]>> = {
  customer_event: ["customer_id", "id"],
  decision: ["tree_index", "sealed_at", "retention"],
  elevation: ["customer_id", "id"],
  transfer_item: ["customer_id", "transfer_id"],
};

/** The columns of a type's table beside those of its fields and attributes. */
export function bookkeepingColumns({ table }: TypeDefinition): ReadonlyMap<string, SqlKind> {
  return new Map(Object.entries(BOOKKEEPING[table] ?? {}));
}

/** The columns of the primary key of a type's table. */
export function primaryKeyOf({ table }: TypeDefinition): readonly string[] {
  return PRIMARY_KEYS[table] ?? ["id"];
}
