import pg from "pg";
import { createReader, type Reader } from "../../../src/database/reader.ts";
import type { Row } from "../../../src/database/read-request.ts";
import { ruleAttributesOf } from "../../../src/database/read-request.ts";
import { NEVER } from "../../../src/policy/condition.ts";
import {
  CATALOG,
  controlledBy,
  customerRow,
  emptyDatabase,
  idOf,
  insertRows,
  page,
  reading,
  TRANSFEREE_ID,
  TRANSFEROR_ID,
  where,
} from "../../support/reader-world.ts";

const LI_NA = idOf("c", 1);

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let pool: pg.Pool;
let reader: Reader;
const statements: string[] = [];

beforeAll(async () => {
  database = await emptyDatabase();
  pool = database.pool;
  await insertRows(pool, "customer", [
    customerRow(1, {
      full_name: "Li Na",
      recorded_on: "2020-02-29",
      updated_at: "2026-11-01T08:00:00.123456Z",
      basis_purposes: ["SERVICE_DELIVERY"],
      id_number_sealed: Buffer.from("5ea1ed", "hex"),
      id_number_partial: "1****************8",
      id_number_index: Buffer.from("1dea", "hex"),
    }),
    customerRow(2, { full_name: "50% off_", region: "Berlin" }),
    customerRow(3, { controller_id: TRANSFEREE_ID, kind: "ORGANISATION" }),
  ]);
  const key = { customer_id: LI_NA, controller_id: TRANSFEROR_ID };
  await insertRows(pool, "customer_key", [
    { ...key, key_version: 1, wrapped_key: Buffer.from("01", "hex") },
    { ...key, key_version: 2, wrapped_key: Buffer.from("02", "hex") },
  ]);
  await insertRows(pool, "customer_event", [
    { customer_id: LI_NA, id: idOf("e", 1), kind: "IMPORTED", changed_fields: ["phone"] },
    { customer_id: LI_NA, id: idOf("e", 2), kind: "UPDATED" },
    { customer_id: idOf("c", 3), id: idOf("e", 3), kind: "IMPORTED" },
  ]);
  reader = createReader({ pool, catalog: CATALOG, onStatement: (sql) => statements.push(sql) });
});

beforeEach(() => void statements.splice(0));
afterAll(() => database.close());

async function only(request: Parameters<Reader["page"]>[0]): Promise<Row | undefined> {
  return (await reader.byIds(request, [LI_NA])).get(LI_NA);
}

test("a row holds the id, what was needed and nothing else", async () => {
  const row = await only(
    reading({ parts: ["fullName", "idNumber$partial"], attributes: ["controllerId"] }),
  );
  expect(row).toEqual({
    __typename: "Customer",
    id: LI_NA,
    fullName: "Li Na",
    idNumber$partial: "1****************8",
    controllerId: TRANSFEROR_ID,
  });
  expect(statements).toHaveLength(1);
  expect(statements[0]).not.toContain("sealed");
  expect(statements[0]).not.toContain("customer_key");
});

test("values come as days, points in time, lists, bytes and claims", async () => {
  const row = await only(
    reading({
      parts: ["recordedOn", "updatedAt", "permittedPurposes", "idNumber$index", "taxNo$exists"],
    }),
  );
  expect(row).toEqual({
    __typename: "Customer",
    id: LI_NA,
    recordedOn: "2020-02-29",
    updatedAt: new Date("2026-11-01T08:00:00.123Z"),
    permittedPurposes: ["SERVICE_DELIVERY"],
    idNumber$index: Buffer.from("1dea", "hex"),
    taxNo$exists: false,
  });
});

test("the parsers that pg shares with everybody stay as they were", async () => {
  await only(reading({ parts: ["recordedOn"] }));
  const { rows } = await pool.query<{ day: unknown }>("select date '2020-02-29' as day");
  expect(rows[0]?.day).toBeInstanceOf(Date);
});

test("a sealed value comes with the newest wrapped key of its customer", async () => {
  const row = await only(reading({ parts: ["idNumber"] }));
  expect(row?.["idNumber"]).toEqual(Buffer.from("5ea1ed", "hex"));
  expect(row?.$key).toEqual({
    customerId: LI_NA,
    keyVersion: 2,
    controllerId: TRANSFEROR_ID,
    wrappedKey: Buffer.from("02", "hex"),
  });
});

test("a customer whose keys were destroyed has none", async () => {
  const rows = await reader.page(reading({ parts: ["idNumber"] }), page());
  expect(rows.map(({ $key }) => $key?.keyVersion)).toEqual([2, undefined, undefined]);
  expect(rows[1]?.$key).toBeNull();
});

test("no read finds a row outside the row condition", async () => {
  const request = reading({ visible: controlledBy(TRANSFEREE_ID) });
  const ids = [1, 2, 3].map((number) => idOf("c", number));
  expect([...(await reader.byIds(request, ids)).keys()]).toEqual([idOf("c", 3)]);
  expect((await reader.page(request, page())).map(({ id }) => id)).toEqual([idOf("c", 3)]);
  expect(await reader.count(request, null)).toBe(1);
  expect(await reader.count(reading({ visible: NEVER }), null)).toBe(0);
});

test("filters and the row condition hold together", async () => {
  const request = reading({ visible: controlledBy(TRANSFEROR_ID) });
  const count = (filter: Parameters<Reader["count"]>[1]) => reader.count(request, filter);
  expect(await count(where("kind", "eq", "ORGANISATION"))).toBe(0);
  expect(await count(where("fullName", "startsWith", "50% off_"))).toBe(1);
  expect(await count(where("fullName", "startsWith", "50_ off"))).toBe(0);
  expect(await count(where("fullName", "contains", "i N"))).toBe(1);
  expect(await count(where("idNumber", "eq", [Buffer.from("1dea", "hex")]))).toBe(1);
  expect(await count(where("idNumber", "isNull", true))).toBe(1);
  expect(await count({ kind: "not", of: where("region", "eq", "Berlin") })).toBe(1);
});

test("ids that are none ask nothing of the database", async () => {
  expect(await reader.byIds(reading({}), ["", "1' or true", LI_NA.toUpperCase()])).toEqual(
    new Map(),
  );
  expect(statements).toEqual([]);
});

test("an event is ruled by its customer's attributes, which keep apart from its own fields", async () => {
  const request = reading({
    type: "CustomerEvent",
    parts: ["kind", "changedFields"],
    attributes: ["id", "kind", "controllerId"],
    visible: controlledBy(TRANSFEROR_ID),
  });
  const [row] = await reader.page(request, page());
  expect(row).toMatchObject({ id: idOf("e", 1), kind: "IMPORTED", changedFields: ["phone"] });
  expect(row && ruleAttributesOf(row)).toEqual({
    id: LI_NA,
    kind: "INDIVIDUAL",
    controllerId: TRANSFEROR_ID,
  });
  expect(await reader.count(request, null)).toBe(2);
});

test("nested pages of many parents take one statement", async () => {
  const parentIds = [1, 2, 3].map((number) => idOf("c", number));
  const request = reading({ type: "CustomerEvent", visible: controlledBy(TRANSFEROR_ID) });
  const parents = { column: "customer_id", parentIds };
  const pages = await reader.pagesOf(request, page({ limit: 1 }), parents);
  const ids = [...pages].map(([parent, rows]) => [parent, rows.map(({ id }) => id)]);
  expect(ids).toEqual([
    [LI_NA, [idOf("e", 1)]],
    [idOf("c", 2), []],
    [idOf("c", 3), []],
  ]);
  const last = await reader.pagesOf(request, page({ limit: 9, backwards: true }), parents);
  expect(last.get(LI_NA)?.map(({ id }) => id)).toEqual([idOf("e", 1), idOf("e", 2)]);
  expect([...(await reader.countsOf(request, null, parents)).values()]).toEqual([2, 0, 0]);
  expect(statements).toHaveLength(3);
});

test("a parent's column is a plain name", async () => {
  const parents = { column: "id; --", parentIds: [LI_NA] };
  await expect(reader.pagesOf(reading({}), page(), parents)).rejects.toThrow("plain name");
});

test("one text is prepared once on a connection, whatever its values", async () => {
  const client = new pg.Pool({ ...pool.options, max: 1 });
  const single = createReader({ pool: client, catalog: CATALOG });
  for (const limit of [1, 2, 3]) await single.page(reading({}), page({ limit }));
  const prepared = await client.query("select name from pg_prepared_statements");
  expect(prepared.rows).toHaveLength(1);
  await client.end();
});

test("a database that is away is told as SERVICE_UNAVAILABLE", async () => {
  const gone = new pg.Pool({ host: "127.0.0.1", port: 1, connectionTimeoutMillis: 2000 });
  const lost = createReader({ pool: gone, catalog: CATALOG });
  await expect(lost.count(reading({}), null)).rejects.toMatchObject({
    code: "SERVICE_UNAVAILABLE",
  });
});

test("a statement that runs for too long is told as SERVICE_UNAVAILABLE", async () => {
  const impatient = new pg.Pool({ ...pool.options, max: 1, statement_timeout: 50 });
  const client = await pool.connect();
  await client.query("begin; lock table customer in access exclusive mode");
  const waiting = createReader({ pool: impatient, catalog: CATALOG });
  await expect(waiting.count(reading({}), null)).rejects.toMatchObject({
    code: "SERVICE_UNAVAILABLE",
  });
  await client.query("rollback");
  client.release();
  await impatient.end();
});

test("a refused statement tells neither SQL nor values", async () => {
  const client = new pg.Pool({ ...pool.options, max: 1, options: "-c search_path=nowhere" });
  // The database may be gone before its connection has heard of the end.
  client.on("error", () => undefined);
  const lost = createReader({ pool: client, catalog: CATALOG });
  const failure = await lost.count(reading({}), where("fullName", "eq", "Li Na")).catch((e) => e);
  expect(failure.message).toBe("A statement failed (SQLSTATE 42P01)");
  expect(failure.stack).not.toContain("Li Na");
  await client.end();
});
