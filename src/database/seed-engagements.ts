import type { ClientBase } from "pg";
import { add } from "./seed-writer.ts";

/** A row of `audit_engagement`. */
export interface NewEngagementRow {
  readonly id: string;
  readonly organisationId: string;
  readonly code: string;
  readonly kind: string;
  readonly state: string;
  readonly organisationIds: readonly string[];
  readonly limitedToTransfers: boolean;
  readonly transferIds: readonly string[];
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly criteria: readonly string[];
  readonly firmId: string;
  readonly firm: string;
  /** The lead comes first. */
  readonly members: readonly NewMemberRow[];
  readonly plannedById: string;
  readonly plannedBy: string;
  readonly plannedAt: Date;
  readonly openedById: string | null;
  readonly openedBy: string | null;
  readonly openedAt: Date | null;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly closeReason: string | null;
}

/** A row of `audit_team_member`. */
export interface NewMemberRow {
  readonly id: string;
  readonly principalId: string;
  readonly name: string;
  readonly declaredAt: Date | null;
}

/** A row of `audit_sample`. */
export interface NewSampleRow {
  readonly id: string;
  readonly engagementId: string;
  readonly population: string;
  readonly seed: number;
  readonly wanted: number;
  readonly policyVersion: string;
  readonly populationSize: number;
  readonly drawn: number;
  readonly idDigest: string;
  readonly drawnById: string;
  readonly drawnBy: string;
  readonly drawnAt: Date;
}

/** Adds samples; those that are there stay as they are. */
export async function addSamples(client: ClientBase, rows: readonly NewSampleRow[]): Promise<void> {
  const of = <Value>(value: (row: NewSampleRow) => Value): Value[] => rows.map(value);
  await add(client, "audit_sample", [
    { column: "id", kind: "uuid", values: of(({ id }) => id) },
    { column: "engagement_id", kind: "uuid", values: of((row) => row.engagementId) },
    { column: "population", kind: "text", values: of(({ population }) => population) },
    { column: "seed", kind: "integer", values: of(({ seed }) => seed) },
    { column: "wanted", kind: "integer", values: of(({ wanted }) => wanted) },
    { column: "policy_version", kind: "text", values: of((row) => row.policyVersion) },
    { column: "population_size", kind: "integer", values: of((row) => row.populationSize) },
    { column: "drawn", kind: "integer", values: of(({ drawn }) => drawn) },
    { column: "id_digest", kind: "text", values: of(({ idDigest }) => idDigest) },
    { column: "drawn_by_id", kind: "uuid", values: of(({ drawnById }) => drawnById) },
    { column: "drawn_by", kind: "text", values: of(({ drawnBy }) => drawnBy) },
    { column: "drawn_at", kind: "timestamptz", values: of(({ drawnAt }) => drawnAt) },
  ]);
}

/** Adds audits with their teams; those that are there stay as they are. */
export async function addEngagements(
  client: ClientBase,
  rows: readonly NewEngagementRow[],
): Promise<void> {
  const of = <Value>(value: (row: NewEngagementRow) => Value): Value[] => rows.map(value);
  await add(client, "audit_engagement", [
    { column: "id", kind: "uuid", values: of(({ id }) => id) },
    { column: "organisation_id", kind: "uuid", values: of((row) => row.organisationId) },
    { column: "code", kind: "text", values: of(({ code }) => code) },
    { column: "kind", kind: "text", values: of(({ kind }) => kind) },
    { column: "state", kind: "text", values: of(({ state }) => state) },
    { column: "organisation_ids", kind: "uuid[]", values: of((row) => row.organisationIds) },
    {
      column: "limited_to_transfers",
      kind: "boolean",
      values: of((row) => row.limitedToTransfers),
    },
    { column: "transfer_ids", kind: "uuid[]", values: of((row) => row.transferIds) },
    { column: "period_from", kind: "date", values: of((row) => row.periodFrom) },
    { column: "period_to", kind: "date", values: of((row) => row.periodTo) },
    { column: "criteria", kind: "text[]", values: of(({ criteria }) => criteria) },
    { column: "firm_id", kind: "uuid", values: of(({ firmId }) => firmId) },
    { column: "firm", kind: "text", values: of(({ firm }) => firm) },
    { column: "lead_id", kind: "uuid", values: of((row) => row.members[0]?.principalId ?? null) },
    { column: "lead", kind: "text", values: of((row) => row.members[0]?.name ?? null) },
    {
      column: "team_ids",
      kind: "uuid[]",
      values: of(({ members }) => members.map(({ principalId }) => principalId)),
    },
    {
      column: "independence_declared",
      kind: "boolean",
      values: of(({ members }) => members.every(({ declaredAt }) => declaredAt !== null)),
    },
    { column: "planned_by_id", kind: "uuid", values: of((row) => row.plannedById) },
    { column: "planned_by", kind: "text", values: of(({ plannedBy }) => plannedBy) },
    { column: "planned_at", kind: "timestamptz", values: of(({ plannedAt }) => plannedAt) },
    { column: "opened_by_id", kind: "uuid", values: of(({ openedById }) => openedById) },
    { column: "opened_by", kind: "text", values: of(({ openedBy }) => openedBy) },
    { column: "opened_at", kind: "timestamptz", values: of(({ openedAt }) => openedAt) },
    { column: "closed_by", kind: "text", values: of(({ closedBy }) => closedBy) },
    { column: "closed_at", kind: "timestamptz", values: of(({ closedAt }) => closedAt) },
    { column: "close_reason", kind: "text", values: of(({ closeReason }) => closeReason) },
  ]);
  const members = rows.flatMap(({ id, members: team }) =>
    team.map((member, index) => ({ ...member, engagementId: id, leads: index === 0 })),
  );
  await add(client, "audit_team_member", [
    { column: "id", kind: "uuid", values: members.map(({ id }) => id) },
    { column: "engagement_id", kind: "uuid", values: members.map((one) => one.engagementId) },
    { column: "principal_id", kind: "uuid", values: members.map((one) => one.principalId) },
    { column: "name", kind: "text", values: members.map(({ name }) => name) },
    { column: "leads", kind: "boolean", values: members.map(({ leads }) => leads) },
    { column: "declared_at", kind: "timestamptz", values: members.map((one) => one.declaredAt) },
  ]);
}
