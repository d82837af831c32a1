import type { ClientBase } from "pg";
import { circumstancesDigest } from "../audit/circumstances.ts";
import type { ChangedCustomer, StoredCustomer } from "../customers/changed-customer.ts";
import type { CustomerEventRow, NewCustomer } from "../customers/customer-row.ts";
import { CUSTOMER_TYPE } from "../customers/customer.sealing.ts";
import { invariant } from "../lib/invariant.ts";
import { nonceSource } from "../sealing/nonces.ts";
import { circumstancesText } from "./circumstances-text.ts";
import { type ColumnList, isList, rowsFromLists } from "./column-lists.ts";
import { copyInto, type CopyTarget, encodeRows, rowEncoder } from "./copy-rows.ts";
import type { SqlKind } from "./sql-kind.ts";
import { isGenerated, tableColumns } from "./table-columns.ts";

/** Columns that the catalog doesn't know, because neither rules nor callers read them. */
const BOOKKEEPING: readonly (readonly [string, SqlKind])[] = [
  ["age_reckoned_from", "date"],
  ["control_epoch", "integer"],
  ["record_digest", "bytea"],
  ["created_at", "timestamptz"],
];

/** Salt of the name of a customer's circumstances, so that it tells nothing of them. */
const SALT_BYTES = 16;
const nextSalt = nonceSource(SALT_BYTES);

const COLUMNS = new Map<string, SqlKind>(
  [...tableColumns(CUSTOMER_TYPE), ...BOOKKEEPING].filter(
    ([column]) => !isGenerated(CUSTOMER_TYPE, column),
  ),
);

/** Something that happened to a customer. */
type CustomerEvent = CustomerEventRow & { readonly customerId: string };

/** A customer that an organisation has, or had, under a number. */
export interface KnownCustomer {
  readonly id: string;
  readonly recordDigest: Buffer | null;
  /** False for one that is sealed, or that went to another organisation. */
  readonly isWritable: boolean;
}

/**
 * The customers that an organisation has or had under these numbers, by number. Asked with the
 * caller's own connection, so that a batch sees what the batches before it wrote.
 */
export async function findDigests(
  client: ClientBase,
  { organisationId, customerNos }: { organisationId: string; customerNos: readonly string[] },
): Promise<ReadonlyMap<string, KnownCustomer>> {
  const { rows } = await client.query<KnownCustomer & { customerNo: string }>({
    name: "find-digests",
    text: `SELECT id, customer_no AS "customerNo", record_digest AS "recordDigest", false AS "isWritable"
             FROM customer WHERE former_controller_ids @> ARRAY[$1::uuid] AND customer_no = ANY ($2::text[])
            UNION ALL
           SELECT id, customer_no, record_digest, state NOT IN ('SEALED', 'DESTROYED')
             FROM customer WHERE controller_id = $1 AND customer_no = ANY ($2::text[])`,
    values: [organisationId, customerNos],
  });
  return new Map(rows.map(({ customerNo, ...known }) => [customerNo, known]));
}

/** Whole rows with their newest data keys, locked until the end of the transaction. */
export async function loadStoredCustomers(
  client: ClientBase,
  ids: readonly string[],
): Promise<StoredCustomer[]> {
  if (ids.length === 0) return [];
  const { rows } = await client.query<Record<string, unknown>>({
    name: "load-stored-customers",
    text: `SELECT c.*, c.recorded_on::text AS recorded_on, k.controller_id AS "key$controller",
                  k.key_version AS "key$version", k.wrapped_key AS "key$wrapped"
             FROM customer c JOIN customer_key k ON k.customer_id = c.id
            WHERE c.id = ANY ($1::uuid[])
              AND k.key_version = (SELECT max(n.key_version) FROM customer_key n WHERE n.customer_id = c.id)
             FOR UPDATE OF c`,
    values: [ids],
  });
  return rows.map(storedCustomer);
}

const CUSTOMER_TARGET: CopyTarget = {
  table: "customer",
  columns: [
    ["id", "uuid"],
    ["circumstances", "text"],
    ["circumstances_salt", "bytea"],
    ...[...COLUMNS].filter(([column]) => column !== "id"),
  ],
};

/** The columns of a customer that its record and what happened to it state. */
const STATED = CUSTOMER_TARGET.columns.slice(3).map(([column]) => column);

const KEY_TARGET: CopyTarget = {
  table: "customer_key",
  columns: [
    ["customer_id", "uuid"],
    ["key_version", "integer"],
    ["controller_id", "uuid"],
    ["wrapped_key", "bytea"],
  ],
};

const EVENT_TARGET: CopyTarget = {
  table: "customer_event",
  columns: [
    ["customer_id", "uuid"],
    ["id", "uuid"],
    ["kind", "text"],
    ["occurred_at", "timestamptz"],
    ["changed_fields", "text[]"],
    ["source", "text"],
  ],
};

/** Customers with their keys and events, as the bytes that their three tables take. */
export interface EncodedCustomers {
  readonly customers: Uint8Array;
  readonly keys: Uint8Array;
  readonly events: Uint8Array;
}

/**
 * Encodes customers: all of the work but what only a connection can do. Each is encoded as it comes, so that
 * a thousand of them, which the next collection would have to move, never wait for one another.
 */
export function encodeCustomers(customers: Iterable<NewCustomer>): EncodedCustomers {
  const rows = rowEncoder(CUSTOMER_TARGET);
  const keys = rowEncoder(KEY_TARGET);
  const events = rowEncoder(EVENT_TARGET);
  for (const customer of customers) {
    const { id, key } = customer;
    rows.add(cellsOf(customer, nextSalt()));
    if (key !== null) keys.add([key.customerId, key.keyVersion, key.controllerId, key.wrappedKey]);
    for (const event of customer.events) events.add(eventCells({ customerId: id, ...event }));
  }
  return { customers: rows.end(), keys: keys.end(), events: events.end() };
}

/** Adds encoded customers, in the caller's transaction. */
export async function writeEncoded(
  client: ClientBase,
  { customers, keys, events }: EncodedCustomers,
): Promise<void> {
  await copyInto(client, CUSTOMER_TARGET, customers);
  await copyInto(client, KEY_TARGET, keys);
  await copyInto(client, EVENT_TARGET, events);
}

/** Adds customers with their keys and events, in the caller's transaction. */
export async function writeCustomers(
  client: ClientBase,
  customers: readonly NewCustomer[],
): Promise<void> {
  if (customers.length > 0) await writeEncoded(client, encodeCustomers(customers));
}

function cellsOf(customer: NewCustomer, salt: Buffer): unknown[] {
  const { id, columns } = customer;
  const name = circumstancesDigest(salt, circumstancesText(customer));
  return [id, name, salt, ...STATED.map((column) => columns[column])];
}

/**
 * Writes changed records, in the caller's transaction that loaded them. A record never takes back a
 * withdrawal of consent or an objection: only the customer can.
 */
export async function updateCustomers(
  client: ClientBase,
  customers: readonly ChangedCustomer[],
): Promise<void> {
  const [first] = customers;
  if (first === undefined) return;
  const columns = Object.keys(first.columns);
  const { from, values } = rowsFromLists([
    { column: "id", kind: "uuid", values: customers.map(({ id }) => id) },
    { column: "version", kind: "integer", values: customers.map(({ version }) => version) },
    ...columnLists(customers, columns),
  ]);
  const { rowCount } = await client.query({
    text: `UPDATE customer SET version = customer.version + 1, ${columns.map(assignment).join(", ")}
             FROM ${from} WHERE customer.id = given.id AND customer.version = given.version`,
    values: [...values],
  });
  invariant(rowCount === customers.length, "a row that was loaded for a change stays locked");
  await writeEvents(
    client,
    customers.map(({ id, event }) => ({ customerId: id, ...event })),
  );
}

/** Adds events, in the caller's transaction. */
export async function writeEvents(
  client: ClientBase,
  events: readonly CustomerEvent[],
): Promise<void> {
  if (events.length > 0) await copyInto(client, EVENT_TARGET, encodeEvents(events));
}

function encodeEvents(events: readonly CustomerEvent[]): Uint8Array {
  return encodeRows(EVENT_TARGET, events.map(eventCells));
}

function eventCells(event: CustomerEvent): unknown[] {
  const { customerId, id, kind, occurredAt, changedFields, source } = event;
  return [customerId, id, kind, occurredAt, changedFields, source];
}

function columnLists(
  rows: readonly Pick<NewCustomer, "columns">[],
  columns: readonly string[],
): ColumnList[] {
  return columns.map((column) => {
    const kind = COLUMNS.get(column);
    invariant(kind !== undefined, `customer.${column} is no column`);
    return { column, kind, values: rows.map((row) => row.columns[column] ?? null) };
  });
}

/** How a column takes a given value; see `updateCustomers` for the three that are not simply replaced. */
function assignment(column: string): string {
  const kind = COLUMNS.get(column);
  const given = kind !== undefined && isList(kind) ? `given.${column}::${kind}` : `given.${column}`;
  switch (column) {
    case "marketing_consent":
    case "basis_purposes":
      return `${column} = CASE WHEN customer.marketing_consent = 'WITHDRAWN' THEN customer.${column} ELSE ${given} END`;
    case "marketing_allowed":
      return `${column} = customer.${column} AND ${given}`;
    default:
      return `${column} = ${given}`;
  }
}

function storedCustomer(row: Record<string, unknown>): StoredCustomer {
  const { key$controller, key$version, key$wrapped, ...columns } = row as Record<
    string,
    unknown
  > & {
    key$controller: string;
    key$version: number;
    key$wrapped: Buffer;
  };
  const id = columns["id"] as string;
  return {
    id,
    version: columns["version"] as number,
    columns,
    key: {
      customerId: id,
      controllerId: key$controller,
      keyVersion: key$version,
      wrappedKey: key$wrapped,
    },
  };
}
