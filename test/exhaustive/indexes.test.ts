import type { Pool } from "pg";
import { type FieldDefinition, typeIn } from "../../src/classification/catalog.ts";
import type {
  CursorValues,
  Filter,
  FilterOperator,
  SortKey,
} from "../../src/database/read-request.ts";
import { type Parents, readPage } from "../../src/database/read-statements.ts";
import type { Condition } from "../../src/policy/condition.ts";
import { type Explained, explained } from "../support/explained.ts";
import { LARGE_ROWS, SAMPLES, type SampleValue } from "../support/large-table-samples.ts";
import {
  filledIndex,
  fillLargeTables,
  LARGE_TRANSFER_ID,
  THIRD_ID,
} from "../support/large-tables.ts";
import {
  CATALOG,
  controlledBy,
  emptyDatabase,
  idOf,
  TRANSFEREE_ID,
  TRANSFEROR_ID,
} from "../support/reader-world.ts";

/*
 * Every filter and every order that the schema offers is carried by an index: asserted on what PostgreSQL
 * did for the very statements of the reader, the caller's row condition among them, on tables of 40,000
 * rows. A filter is tried with a value that few rows have, the last in the order of ids, and with one
 * that most have.
 */

const ROWS = LARGE_ROWS;
const PAGE = 21;
/** Rows that a page may look at: some for each that it shows, and far from all. */
const FEW = ROWS / 25;

/** Types of which a large ledger has very many rows, and what their lists are read with. */
const LARGE = {
  Customer: { visible: controlledBy(TRANSFEROR_ID), parents: null },
  CustomerEvent: {
    visible: controlledBy(TRANSFEROR_ID),
    parents: { column: "customer_id", parentIds: [idOf("c", 5), idOf("c", 6)] },
  },
  Transfer: { visible: partyTo(TRANSFEROR_ID), parents: null },
  TransferItem: {
    visible: { kind: "compare", attribute: "transferorId", operator: "eq", value: TRANSFEROR_ID },
    parents: { column: "transfer_id", parentIds: [LARGE_TRANSFER_ID] },
  },
  SecurityAlert: {
    visible: { kind: "includes", attribute: "concernedIds", value: TRANSFEROR_ID },
    parents: null,
  },
} as const satisfies Readonly<Record<string, { visible: Condition; parents: Parents | null }>>;

/** The others, and why their filters and orders need no index. */
const NOT_LARGE: Readonly<Record<string, string>> = {
  Decision: "has its own test of its own searches: test/units/database/decision-indexes.test.ts",
  Elevation: "asked for and decided by people, one at a time: a scan of years of them is short",
  CrossBorderMechanism: "contracts and certificates: some for each pair of organisations",
  AuditEngagement: "audits: some a year",
  AuditTeamMember: "has neither filters nor orders; read by its audit",
  AuditSample: "has neither filters nor orders; read by its audit",
  EvidenceExport: "asked for by people, some for each audit; read by its audit",
  AccessReview: "reviews of roles: some a year",
  AccessReviewItem: "has neither filters nor orders; read by its review",
};

/** Tests that no index carries, and why they are offered all the same. */
const UNCARRIED: Readonly<Record<string, string>> = {
  "Customer.fullName contains":
    "what stands within a name is in no order; it reads the names of one ledger, and each try costs budget",
};

type TypeName = keyof typeof LARGE;

const OPERATORS: Readonly<Record<NonNullable<FieldDefinition["filter"]>, FilterOperator[]>> = {
  exact: ["eq", "in", "isNull"],
  text: ["eq", "in", "startsWith", "contains", "isNull"],
  range: ["eq", "lt", "lte", "gt", "gte", "isNull"],
  time: ["lt", "lte", "gt", "gte"],
  lookup: ["eq", "in"],
  list: ["includes", "overlaps"],
};

const NAMES = Object.keys(LARGE) as TypeName[];
const fieldsOf = (name: TypeName): FieldDefinition[] => [...typeIn(CATALOG, name).fields.values()];

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let pool: Pool;
beforeAll(async () => {
  database = await emptyDatabase();
  pool = database.pool;
  await fillLargeTables(pool, { customers: ROWS });
}, 240_000);
afterAll(() => database.close());

test("every guarded type is one of very many rows, or has a reason why it is not", () => {
  expect([...NAMES, ...Object.keys(NOT_LARGE)].sort()).toEqual([...CATALOG.keys()].sort());
});

test("every filter that is offered of a large type is tried", () => {
  for (const name of NAMES) {
    const filterable = fieldsOf(name).filter(({ filter }) => filter !== null);
    expect(Object.keys(SAMPLES[name]).sort()).toEqual(filterable.map((field) => field.name).sort());
  }
});

const TESTS = NAMES.flatMap((name) =>
  fieldsOf(name).flatMap((field) =>
    operatorsOf(field).flatMap((operator) =>
      (["rare", "common"] as const).map((frequency) => ({ name, field, operator, frequency })),
    ),
  ),
);

test.each(
  TESTS.map(
    (one) => [`${one.name}.${one.field.name} ${one.operator}`, one.frequency, one] as const,
  ),
)(
  "%s of a value that is %s reads few rows",
  async (written, _frequency, { name, field, operator, frequency }) => {
    const sample = sampleOf(name, field)?.[frequency] ?? "";
    const value = await valueFor(field, operator, sample);
    const filter: Filter = { kind: "test", field, operator, value: value as never };
    const { touched, plan } = await pageOf(name, { filter });
    if (written in UNCARRIED) return expect(touched).toBeLessThanOrEqual(ROWS);
    expect({ plan, few: touched <= FEW }).toEqual({ plan, few: true });
  },
);

const ORDERS = NAMES.flatMap((name) =>
  fieldsOf(name)
    .filter(({ sortable }) => sortable)
    .flatMap((field) =>
      [false, true].map((descending) => ({ name, order: [{ field, descending }] })),
    ),
);

test.each(
  ORDERS.map((one) => [one.name, one.order[0]?.field.name, one.order[0]?.descending, one] as const),
)(
  "%s by %s, descending %s, reads few rows on every page",
  async (_name, _field, _descending, of) => {
    const { name, order } = of;
    for (const backwards of [false, true]) {
      const first = await pageOf(name, { order, backwards });
      expect({ plan: first.plan, few: first.touched <= FEW }).toEqual({
        plan: first.plan,
        few: true,
      });
    }
    const from = await rowAmid(name, order);
    for (const backwards of [false, true]) {
      const { touched, plan } = await pageOf(name, { order, from, backwards });
      expect({ plan, few: touched <= FEW }).toEqual({ plan, few: true });
    }
  },
);

test.each(NAMES)("%s by id reads few rows on every page", async (name) => {
  for (const backwards of [false, true]) {
    for (const from of [null, await rowAmid(name, [])]) {
      const { touched, plan } = await pageOf(name, { from, backwards });
      expect({ plan, few: touched <= FEW }).toEqual({ plan, few: true });
    }
  }
});

describe("what a caller may see of customers is found by an index, however little it is", () => {
  const within = (...of: Condition[]): Condition => ({ kind: "all", of });
  const is = (attribute: string, value: string | boolean): Condition => ({
    kind: "compare",
    attribute,
    operator: "eq",
    value,
  });

  test.each<[string, Condition]>([
    ["a ledger", controlledBy(TRANSFEROR_ID)],
    ["a small ledger", controlledBy(THIRD_ID)],
    ["no ledger at all", controlledBy(idOf("a", 99))],
    ["some ledgers", { kind: "in", attribute: "controllerId", values: [THIRD_ID, TRANSFEREE_ID] }],
    [
      "some small ledgers",
      { kind: "in", attribute: "controllerId", values: [THIRD_ID, idOf("a", 9)] },
    ],
    [
      "a former ledger",
      { kind: "includes", attribute: "formerControllerIds", value: TRANSFEREE_ID },
    ],
    [
      "a ledger on offer",
      { kind: "includes", attribute: "prospectiveControllerIds", value: TRANSFEREE_ID },
    ],
    ["what is in a transfer", within(controlledBy(TRANSFEROR_ID), is("inTransfer", true))],
    [
      "what is in dispute or on hold",
      within(controlledBy(TRANSFEROR_ID), {
        kind: "any",
        of: [is("disputeOpen", true), is("legalHold", true)],
      }),
    ],
    ["one's own record", is("id", idOf("c", ROWS - 1))],
  ])("%s", async (_, visible) => {
    const { touched, plan } = await pageOf("Customer", { visible });
    expect({ plan, few: touched <= FEW }).toEqual({ plan, few: true });
  });
});

function operatorsOf(field: FieldDefinition): FilterOperator[] {
  if (field.filter === null) return [];
  if (field.shape === "boolean") return ["eq"];
  if (field.shape === "enum") return ["eq", "in"];
  return OPERATORS[field.filter];
}

async function valueFor(
  field: FieldDefinition,
  operator: FilterOperator,
  sample: SampleValue,
): Promise<unknown> {
  if (operator === "isNull") return sample === sampleOf("Customer", field)?.rare;
  const value = field.filter === "lookup" ? await filledIndex(pool, String(sample)) : sample;
  return operator === "in"
    ? [value, field.filter === "lookup" ? Buffer.alloc(32) : "no-such"]
    : value;
}

function sampleOf(
  name: TypeName,
  field: FieldDefinition,
): { rare: SampleValue; common: SampleValue } | undefined {
  return Object.entries(SAMPLES[name]).find(([of]) => of === field.name)?.[1];
}

interface PageWanted {
  readonly filter?: Filter;
  readonly order?: readonly SortKey[];
  readonly from?: CursorValues | null;
  readonly backwards?: boolean;
  readonly visible?: Condition;
}

function statementOf(name: TypeName, wanted: PageWanted): ReturnType<typeof readPage> {
  const { visible, parents } = LARGE[name];
  const request = {
    type: typeIn(CATALOG, name),
    visible: wanted.visible ?? visible,
    needs: { parts: new Map(), attributes: [] },
  };
  const { filter = null, order = [], from = null, backwards = false } = wanted;
  const page = { filter, order, from, backwards, limit: PAGE };
  return readPage(CATALOG, { request, page, ...(parents === null ? {} : { parents }) });
}

function pageOf(name: TypeName, wanted: PageWanted): Promise<Explained> {
  return explained(pool, statementOf(name, wanted).statement);
}

/** Where a page somewhere in the middle of an order begins. */
async function rowAmid(name: TypeName, order: readonly SortKey[]): Promise<CursorValues> {
  const { table } = typeIn(CATALOG, name);
  const { parents } = LARGE[name];
  const where = parents === null ? "true" : `${parents.column} = '${parents.parentIds[0]}'`;
  const keys = order.map(({ field }) => field.column);
  const direction = order[0]?.descending === true ? "desc" : "asc";
  const { rows } = await pool.query<Record<string, string>>(
    `select ${[...keys, "id"].map((key) => `${key}::text`).join(", ")} from ${table} where ${where}
      order by ${[...keys.map((key) => `${key} ${direction} nulls last`), "id"].join(", ")}
     offset (select count(*) / 2 from ${table} where ${where}) limit 1`,
  );
  return [...keys, "id"].map((key) => rows[0]?.[key] ?? null);
}

function partyTo(organisation: string): Condition {
  const is = (attribute: string): Condition => ({
    kind: "compare",
    attribute,
    operator: "eq",
    value: organisation,
  });
  return { kind: "any", of: [is("transferorId"), is("transfereeId")] };
}
