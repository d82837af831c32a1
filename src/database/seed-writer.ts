import type { ClientBase, Pool } from "pg";
import type { DemoMechanism } from "../identity/demo-mechanisms.ts";
import type { DemoOrganisation } from "../identity/demo-organisations.ts";
import type { PrincipalRecord } from "../identity/principal-directory.ts";
import type { WorkingHours } from "../identity/working-hours.ts";
import type { Overrun } from "./lookup-ledger.ts";
import { type ColumnList, rowsFromLists } from "./column-lists.ts";

/** A principal with the token issuer and subject that lead to it. */
export interface NewPrincipal {
  readonly issuer: string;
  readonly subject: string;
  readonly record: PrincipalRecord;
}

/** A row of `transfer`. */
export interface NewTransfer {
  readonly id: string;
  readonly code: string;
  readonly dealType: string;
  readonly legalPath: string;
  readonly state: string;
  readonly transferorId: string;
  readonly transfereeId: string;
  readonly purposes: readonly string[];
  readonly crossBorder: boolean;
  readonly caseCodes: readonly string[];
  readonly windowOpensAt: Date | null;
  readonly windowClosesAt: Date | null;
  readonly cutoverAt: Date | null;
  readonly createdAt: Date;
}

/** A row of `transfer_item`. */
export interface NewTransferItem {
  readonly id: string;
  readonly customerId: string;
  readonly transferId: string;
  readonly transferorId: string;
  readonly transfereeId: string;
  readonly state: string;
  readonly reasons: readonly string[];
  readonly excludedCategories: readonly string[];
  readonly caseCodes: readonly string[];
  readonly updatedAt: Date;
}

/** A row of `security_alert`. */
export interface NewAlert extends Omit<Overrun, "alertId" | "freeAt" | "minutes"> {
  readonly id: string;
  readonly principalId: string;
  readonly caller: string;
  readonly organisationId: string;
  readonly concernedIds: readonly string[];
  readonly occurredAt: Date;
  readonly windowMinutes: number;
  readonly acknowledged: { readonly at: Date; readonly by: string; readonly note: string } | null;
}

/** The ones of these customers that are stored already. */
export async function storedCustomerIds(
  database: ClientBase | Pool,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await database.query<{ id: string }>(
    "SELECT id FROM customer WHERE id = ANY ($1::uuid[])",
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Adds organisations; those that are there stay as they are. */
export async function addOrganisations(
  client: ClientBase,
  organisations: readonly DemoOrganisation[],
): Promise<void> {
  await add(client, "organisation", [
    { column: "id", kind: "uuid", values: organisations.map(({ id }) => id) },
    { column: "code", kind: "text", values: organisations.map(({ code }) => code) },
    { column: "name", kind: "text", values: organisations.map(({ name }) => name) },
    {
      column: "financial",
      kind: "boolean",
      values: organisations.map(({ financial }) => financial),
    },
    {
      column: "operator",
      kind: "boolean",
      values: organisations.map(({ operator }) => operator),
    },
  ]);
}

/** Adds principals with their roles; those that are there stay as they are. */
export async function addPrincipals(
  client: ClientBase,
  principals: readonly NewPrincipal[],
): Promise<void> {
  const of = <Value>(value: (record: PrincipalRecord) => Value): Value[] =>
    principals.map(({ record }) => value(record));
  const hours = <Value>(part: (set: WorkingHours) => Value): (Value | null)[] =>
    of(({ workingHours }) => (workingHours === null ? null : part(workingHours)));
  await add(client, "principal", [
    { column: "id", kind: "uuid", values: of(({ id }) => id) },
    { column: "organisation_id", kind: "uuid", values: of(({ organisation }) => organisation.id) },
    { column: "issuer", kind: "text", values: principals.map(({ issuer }) => issuer) },
    { column: "subject", kind: "text", values: principals.map(({ subject }) => subject) },
    { column: "kind", kind: "text", values: of(({ kind }) => kind) },
    { column: "name", kind: "text", values: of(({ name }) => name) },
    {
      column: "training_valid_until",
      kind: "timestamptz",
      values: of((record) => record.trainingValidUntil),
    },
    { column: "clearance", kind: "text", values: of(({ clearance }) => clearance) },
    { column: "hours_zone", kind: "text", values: hours((set) => set.timeZone) },
    { column: "hours_days", kind: "text[]", values: hours((set) => set.days) },
    { column: "hours_from", kind: "text", values: hours((set) => set.from) },
    { column: "hours_to", kind: "text", values: hours((set) => set.to) },
    { column: "customer_id", kind: "uuid", values: of(({ customerId }) => customerId) },
    { column: "serves", kind: "uuid[]", values: of(({ serves }) => serves.map(({ id }) => id)) },
    { column: "field_ceiling", kind: "text", values: of(({ fieldCeiling }) => fieldCeiling) },
    {
      column: "allowed_networks",
      kind: "cidr[]",
      values: of(({ allowedNetworks }) => allowedNetworks),
    },
    { column: "scopes", kind: "text[]", values: of(({ scopes }) => scopes) },
    { column: "case_codes", kind: "text[]", values: of(({ caseCodes }) => caseCodes) },
    { column: "location", kind: "text", values: of(({ location }) => location) },
  ]);
  const assignments = of(({ id, roleAssignments }) =>
    roleAssignments.map((role, at) => ({ ...role, at, id })),
  ).flat();
  await add(client, "role_assignment", [
    { column: "id", kind: "uuid", values: assignments.map(({ id, at }) => assignmentId(id, at)) },
    { column: "principal_id", kind: "uuid", values: assignments.map(({ id }) => id) },
    { column: "role", kind: "text", values: assignments.map(({ role }) => role) },
    {
      column: "valid_from",
      kind: "timestamptz",
      values: assignments.map(({ validFrom }) => validFrom),
    },
    { column: "valid_to", kind: "timestamptz", values: assignments.map(({ validTo }) => validTo) },
  ]);
}

/** Adds mechanisms for crossing a border; those that are there stay as they are. */
export async function addMechanisms(
  client: ClientBase,
  mechanisms: readonly DemoMechanism[],
): Promise<void> {
  const of = <Value>(value: (mechanism: DemoMechanism) => Value): Value[] => mechanisms.map(value);
  await add(client, "cross_border_mechanism", [
    { column: "id", kind: "uuid", values: of(({ id }) => id) },
    { column: "controller_id", kind: "uuid", values: of(({ controllerId }) => controllerId) },
    { column: "recipient_id", kind: "uuid", values: of(({ recipientId }) => recipientId) },
    { column: "from_jurisdiction", kind: "text", values: of(({ from }) => from) },
    { column: "to_jurisdiction", kind: "text", values: of(({ to }) => to) },
    { column: "kind", kind: "text", values: of(({ kind }) => kind) },
    { column: "reference", kind: "text", values: of(({ reference }) => reference) },
    { column: "valid_from", kind: "timestamptz", values: of(({ validFrom }) => validFrom) },
    { column: "valid_to", kind: "timestamptz", values: of(({ validTo }) => validTo) },
    { column: "withdrawn_at", kind: "timestamptz", values: of(({ withdrawnAt }) => withdrawnAt) },
  ]);
}

/** Adds transfers; those that are there stay as they are. */
export async function addTransfers(
  client: ClientBase,
  transfers: readonly NewTransfer[],
): Promise<void> {
  const of = <Value>(value: (transfer: NewTransfer) => Value): Value[] => transfers.map(value);
  await add(client, "transfer", [
    { column: "id", kind: "uuid", values: of(({ id }) => id) },
    { column: "code", kind: "text", values: of(({ code }) => code) },
    { column: "deal_type", kind: "text", values: of(({ dealType }) => dealType) },
    { column: "legal_path", kind: "text", values: of(({ legalPath }) => legalPath) },
    { column: "state", kind: "text", values: of(({ state }) => state) },
    { column: "transferor_id", kind: "uuid", values: of(({ transferorId }) => transferorId) },
    { column: "transferee_id", kind: "uuid", values: of(({ transfereeId }) => transfereeId) },
    { column: "original_purposes", kind: "text[]", values: of(({ purposes }) => purposes) },
    { column: "proposed_purposes", kind: "text[]", values: of(({ purposes }) => purposes) },
    { column: "cross_border", kind: "boolean", values: of(({ crossBorder }) => crossBorder) },
    { column: "case_codes", kind: "text[]", values: of(({ caseCodes }) => caseCodes) },
    {
      column: "window_opens_at",
      kind: "timestamptz",
      values: of(({ windowOpensAt }) => windowOpensAt),
    },
    {
      column: "window_closes_at",
      kind: "timestamptz",
      values: of(({ windowClosesAt }) => windowClosesAt),
    },
    { column: "cutover_at", kind: "timestamptz", values: of(({ cutoverAt }) => cutoverAt) },
    { column: "created_at", kind: "timestamptz", values: of(({ createdAt }) => createdAt) },
    { column: "updated_at", kind: "timestamptz", values: of(({ createdAt }) => createdAt) },
  ]);
}

/** Adds items of transfers; those that are there stay as they are. */
export async function addTransferItems(
  client: ClientBase,
  items: readonly NewTransferItem[],
): Promise<void> {
  if (items.length === 0) return;
  const of = <Value>(value: (item: NewTransferItem) => Value): Value[] => items.map(value);
  await add(client, "transfer_item", [
    { column: "id", kind: "uuid", values: of(({ id }) => id) },
    { column: "customer_id", kind: "uuid", values: of(({ customerId }) => customerId) },
    { column: "transfer_id", kind: "uuid", values: of(({ transferId }) => transferId) },
    { column: "transferor_id", kind: "uuid", values: of(({ transferorId }) => transferorId) },
    { column: "transferee_id", kind: "uuid", values: of(({ transfereeId }) => transfereeId) },
    { column: "state", kind: "text", values: of(({ state }) => state) },
    { column: "reasons", kind: "text[]", values: of(({ reasons }) => reasons) },
    {
      column: "excluded_categories",
      kind: "text[]",
      values: of(({ excludedCategories }) => excludedCategories),
    },
    { column: "case_codes", kind: "text[]", values: of(({ caseCodes }) => caseCodes) },
    { column: "updated_at", kind: "timestamptz", values: of(({ updatedAt }) => updatedAt) },
  ]);
}

/** Adds alerts; those that are there stay as they are. */
export async function addAlerts(client: ClientBase, alerts: readonly NewAlert[]): Promise<void> {
  const of = <Value>(value: (alert: NewAlert) => Value): Value[] => alerts.map(value);
  await add(client, "security_alert", [
    { column: "id", kind: "uuid", values: of(({ id }) => id) },
    { column: "kind", kind: "text", values: of(({ kind }) => kind) },
    { column: "principal_id", kind: "uuid", values: of(({ principalId }) => principalId) },
    { column: "caller", kind: "text", values: of(({ caller }) => caller) },
    { column: "organisation_id", kind: "uuid", values: of(({ organisationId }) => organisationId) },
    { column: "concerned_ids", kind: "uuid[]", values: of(({ concernedIds }) => concernedIds) },
    { column: "field", kind: "text", values: of(({ field }) => field) },
    { column: "occurred_at", kind: "timestamptz", values: of(({ occurredAt }) => occurredAt) },
    { column: "window_minutes", kind: "integer", values: of(({ windowMinutes }) => windowMinutes) },
    { column: "counted", kind: "integer", values: of(({ counted }) => counted) },
    { column: "allowed", kind: "integer", values: of(({ allowed }) => allowed) },
    {
      column: "acknowledged_at",
      kind: "timestamptz",
      values: of(({ acknowledged }) => acknowledged?.at ?? null),
    },
    {
      column: "acknowledged_by",
      kind: "text",
      values: of(({ acknowledged }) => acknowledged?.by ?? null),
    },
    { column: "note", kind: "text", values: of(({ acknowledged }) => acknowledged?.note ?? null) },
  ]);
}

/** Adds rows; those that are there stay as they are. */
export async function add(
  client: ClientBase,
  table: string,
  lists: readonly ColumnList[],
): Promise<void> {
  const { select, from, values } = rowsFromLists(lists);
  const columns = lists.map(({ column }) => column).join(", ");
  await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${select} FROM ${from} ON CONFLICT DO NOTHING`,
    [...values],
  );
}

/** The same assignment has the same id in every database: that of the principal, marked and counted. */
function assignmentId(principalId: string, at: number): string {
  return `${principalId.slice(0, 24)}a${at}${principalId.slice(26)}`;
}
