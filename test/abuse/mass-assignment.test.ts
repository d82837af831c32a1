import { type GraphQLSchema, isInputObjectType } from "graphql";
import { canaryId } from "../support/canaries.ts";
import { CATALOG, CUSTOMER } from "../support/policy-world.ts";
import { postRaw, REFUSED } from "../support/raw-post.ts";
import { settlePopulation } from "../support/population.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const STEWARD = { caller: "data-steward", purpose: "DATA_QUALITY" };
const UPDATE =
  "mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }";
const INPUT = { id: canaryId(1), expectedVersion: 1, email: "changed@example.com" };

let server: TestServer;
let schema: GraphQLSchema;
beforeAll(async () => {
  server = await startTestServer();
  await settlePopulation(server);
  schema = server.app.services.api.schema;
});
afterAll(() => server.close());

/** The whole row, to see that nothing of it moved. */
async function stored(): Promise<unknown> {
  const { pool } = server.app.services.database;
  const { rows } = await pool.query("select to_jsonb(c) as row from customer c where id = $1", [
    INPUT.id,
  ]);
  return rows[0];
}

/** What of a row, and of every object, nobody may set. */
const NAMES = [
  ...CUSTOMER.attributes.keys(),
  ...CUSTOMER.fields.keys(),
  ...[...CUSTOMER.attributes.values()].map(({ column }) => column),
  "controlEpoch",
  "recordDigest",
  "createdAt",
  "idNumberSealed",
  "id_number_sealed",
  "phone_partial",
  "__typename",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "$owner",
  "$key",
  "$cursor",
];

test("no attribute of the row beyond those that an input offers is taken by a change", async () => {
  const type = schema.getType("UpdateCustomerInput");
  const offered = isInputObjectType(type) ? Object.keys(type.getFields()) : [];
  expect(offered.filter((name) => CUSTOMER.attributes.has(name))).toEqual(["id"]);
  const before = await stored();
  for (const name of NAMES.filter((one) => !offered.includes(one))) {
    const variables = JSON.stringify({ input: INPUT }).replace(
      "}}",
      `,${JSON.stringify(name)}:"x"}}`,
    );
    const { codes, text } = await postRaw(server, STEWARD, { query: UPDATE, variables });
    expect({ name, codes }).toEqual({ name, codes: [expect.stringMatching(REFUSED)] });
    expect(text).not.toContain("changed@example.com");
  }
  expect(await stored()).toEqual(before);
});

test("nor by the inputs within a change", async () => {
  const before = await stored();
  for (const name of NAMES.filter((one) => one !== "province")) {
    const address = `{"province":"a","city":"b","street":"c",${JSON.stringify(name)}:"x"}`;
    const variables = `{"input":{"id":"${INPUT.id}","expectedVersion":1,"address":${address}}}`;
    const { codes } = await postRaw(server, STEWARD, { query: UPDATE, variables });
    expect({ name, codes }).toEqual({ name, codes: [expect.stringMatching(REFUSED)] });
  }
  expect(await stored()).toEqual(before);
});

test("no prototype was changed by any of this", () => {
  expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test("no input of the schema offers what only the server may say", () => {
  const changing = [
    "UpdateCustomerInput",
    "AddressInput",
    "RequestElevationInput",
    "RejectElevationInput",
    "ReviewElevationInput",
  ].map((name) => schema.getType(name));
  const offered = changing.flatMap((type) =>
    isInputObjectType(type) ? Object.keys(type.getFields()) : [],
  );
  const attributes = [...CATALOG.values()].flatMap((type) => [...type.attributes.keys()]);
  // Whose fields shall be opened, and for what, is what an elevation is asked for.
  expect(offered.filter((name) => attributes.includes(name)).sort()).toEqual([
    "customerId",
    "id",
    "id",
    "id",
    "province",
    "purpose",
  ]);
});
