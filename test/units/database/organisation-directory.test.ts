import { createOrganisationDirectory } from "../../../src/database/organisation-directory.ts";
import { emptyDatabase, idOf, insertRows, TRANSFEROR_ID } from "../../support/reader-world.ts";

let database: Awaited<ReturnType<typeof emptyDatabase>>;

beforeAll(async () => {
  database = await emptyDatabase();
  await insertRows(database.pool, "organisation", [
    { id: TRANSFEROR_ID, code: "transferor", name: "Transferor" },
  ]);
});

afterAll(() => database.close());

test("an organisation is found by id and by code; what is none is null", async () => {
  const directory = createOrganisationDirectory(database.pool);
  const transferor = {
    id: TRANSFEROR_ID,
    code: "transferor",
    name: "Transferor",
    isFinancial: false,
    isOperator: false,
  };
  expect(await directory.byId(TRANSFEROR_ID)).toEqual(transferor);
  expect(await directory.byCode("transferor")).toEqual(transferor);
  expect(await directory.byId(idOf("a", 9))).toBeNull();
  expect(await directory.byId("no id")).toBeNull();
  expect(await directory.byCode("nobody\0")).toBeNull();
});

test("questions of one tick share a statement, and a change is seen within a second", async () => {
  const statements: string[] = [];
  const onStatement = (sql: string) => void statements.push(sql);
  const directory = createOrganisationDirectory(database.pool, { onStatement });
  await Promise.all([1, 2, 3].map((number) => directory.byId(idOf("a", number))));
  await directory.byId(TRANSFEROR_ID);
  expect(statements).toHaveLength(1);
  await database.pool.query("update organisation set name = 'Renamed' where id = $1", [
    TRANSFEROR_ID,
  ]);
  await new Promise((resolve) => setTimeout(resolve, 950));
  expect((await directory.byId(TRANSFEROR_ID))?.name).toBe("Renamed");
});
