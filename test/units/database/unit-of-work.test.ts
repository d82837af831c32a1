import { LockMode } from "@mikro-orm/postgresql";
import { createOrm, type Orm } from "../../../src/database/orm.ts";
import { FOR_UPDATE, FOR_UPDATE_SKIP_LOCKED } from "../../../src/database/row-locks.ts";
import { StatementFailedError } from "../../../src/database/statement-failure.ts";
import { withUnitOfWork } from "../../../src/database/unit-of-work.ts";
import {
  CATALOG,
  customerRow,
  emptyDatabase,
  idOf,
  insertRows,
  TRANSFEREE_ID,
  TRANSFEROR_ID,
} from "../../support/reader-world.ts";

const LI_NA = idOf("c", 1);
const WANG_WEI = idOf("c", 2);

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let orm: Orm;

beforeAll(async () => {
  database = await emptyDatabase();
  await insertRows(database.pool, "organisation", [
    { id: TRANSFEROR_ID, code: "transferor", name: "Transferor" },
    { id: TRANSFEREE_ID, code: "transferee", name: "Transferee" },
  ]);
  orm = createOrm({ url: database.url, catalog: CATALOG });
});

beforeEach(async () => {
  await database.pool.query("delete from customer_event");
  await database.pool.query("delete from customer_circumstances");
  await database.pool.query("delete from customer");
  await insertRows(database.pool, "customer", [customerRow(1), customerRow(2)]);
});

afterAll(async () => {
  await orm.close();
  await database.close();
});

/** One column of a customer, read past the ORM. */
async function columnOf(id: string, column: string): Promise<unknown> {
  const { rows } = await database.pool.query(`select ${column} as it from customer where id = $1`, [
    id,
  ]);
  return rows[0]?.it;
}

test.each([...CATALOG.values()].map((type) => [type.name, type.table]))(
  "the entity of %s has exactly the columns and the key of its table",
  async (name, table) => {
    const { mikro } = await orm.open();
    const meta = mikro.getMetadata(orm.schemaOf(name));
    const mapped = meta.props.flatMap((property) => property.fieldNames).sort();
    const { rows } = await database.pool.query<{ column_name: string }>(
      "select column_name from information_schema.columns where table_name = $1",
      [table],
    );
    expect(mapped).toEqual(rows.map((row) => row.column_name).sort());
    const { rows: keys } = await database.pool.query<{ attname: string }>(
      `select a.attname from pg_index i
         join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = $1::regclass and i.indisprimary`,
      [table],
    );
    const primary = meta.getPrimaryProps().flatMap((property) => property.fieldNames);
    expect(primary.sort()).toEqual(keys.map((key) => key.attname).sort());
  },
);

test("every kind of column survives a write and a read", async () => {
  const id = idOf("c", 9);
  const written = {
    id,
    controllerId: TRANSFEROR_ID,
    ageBand: "ADULT",
    kind: "INDIVIDUAL",
    jurisdiction: "CN",
    formerControllerIds: [TRANSFEREE_ID],
    basisPurposes: ['a "quoted", {braced} text', ""],
    recordedOn: "2020-02-29",
    legalHold: true,
    idNumberSealed: Buffer.from("5ea1ed", "hex"),
    updatedAt: new Date("2026-11-01T08:00:00.123Z"),
    controlEpoch: 7,
  };
  await insertRows(database.pool, "customer", [customerRow(9, { id })]);
  await withUnitOfWork(orm, async (em) => {
    Object.assign(await em.findOneOrFail(orm.schemaOf("Customer"), { id }), written);
  });
  const read = await withUnitOfWork(orm, async (em) => ({
    ...(await em.findOneOrFail(orm.schemaOf("Customer"), { id })),
  }));
  expect(read).toMatchObject({ ...written, version: 2, fullName: null });
});

test("a change writes the changed columns and counts the version up", async () => {
  await withUnitOfWork(orm, async (em) => {
    const customer = await em.findOneOrFail(orm.schemaOf("Customer"), { id: LI_NA });
    customer["fullName"] = "Li Na";
  });
  expect(await columnOf(LI_NA, "full_name")).toBe("Li Na");
  expect(await columnOf(LI_NA, "version")).toBe(2);
});

test("a row that somebody else changed in the meantime is told as VERSION_CONFLICT", async () => {
  const work = withUnitOfWork(orm, async (em) => {
    const customer = await em.findOneOrFail(orm.schemaOf("Customer"), { id: LI_NA });
    await database.pool.query("update customer set version = version + 1 where id = $1", [LI_NA]);
    customer["fullName"] = "Li Na";
  });
  await expect(work).rejects.toMatchObject({ code: "VERSION_CONFLICT" });
});

test("a version that the caller read earlier is held against the row", async () => {
  const work = withUnitOfWork(orm, async (em) => {
    const lock = { lockMode: LockMode.OPTIMISTIC, lockVersion: 7 };
    await em.findOneOrFail(orm.schemaOf("Customer"), { id: LI_NA }, lock);
  });
  await expect(work).rejects.toMatchObject({ code: "VERSION_CONFLICT" });
});

test("work that fails leaves nothing behind, and its own error passes", async () => {
  const failure = new Error("our own");
  const work = withUnitOfWork(orm, async (em) => {
    (await em.findOneOrFail(orm.schemaOf("Customer"), { id: LI_NA }))["fullName"] = "Li Na";
    await em.flush();
    throw failure;
  });
  await expect(work).rejects.toBe(failure);
  expect(await columnOf(LI_NA, "full_name")).toBeNull();
});

test("two that wait for each other both get through", async () => {
  let attempts = 0;
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const rename = (first: string, second: string) =>
    withUnitOfWork(orm, async (em) => {
      attempts += 1;
      for (const id of [first, second]) {
        const customer = await em.findOneOrFail(orm.schemaOf("Customer"), { id }, { lockMode });
        customer["fullName"] = `Attempt ${attempts}`;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });
  await Promise.all([rename(LI_NA, WANG_WEI), rename(WANG_WEI, LI_NA)]);
  expect(attempts).toBeGreaterThan(2);
  expect(await columnOf(LI_NA, "version")).toBe(3);
});

test("a broken constraint tells its SQLSTATE and no value", async () => {
  const work = withUnitOfWork(orm, async (em) => {
    em.create(orm.schemaOf("Customer"), {
      id: LI_NA,
      controllerId: TRANSFEROR_ID,
      ageBand: "SECRET",
    });
  });
  const failure = await work.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StatementFailedError);
  expect((failure as StatementFailedError).message).toBe("A statement failed (SQLSTATE 23502)");
  expect((failure as StatementFailedError).stack).not.toContain("SECRET");
});

test("locks that are named without the ORM are those of the ORM", () => {
  expect(FOR_UPDATE).toBe(LockMode.PESSIMISTIC_WRITE);
  expect(FOR_UPDATE_SKIP_LOCKED).toBe(LockMode.PESSIMISTIC_PARTIAL_WRITE);
});

test("a database that is away is told as SERVICE_UNAVAILABLE", async () => {
  const lost = createOrm({ url: "postgres://nobody@127.0.0.1:1/none", catalog: CATALOG });
  const work = withUnitOfWork(lost, (em) => em.findOne(lost.schemaOf("Customer"), { id: LI_NA }));
  await expect(work).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  await lost.close();
});
