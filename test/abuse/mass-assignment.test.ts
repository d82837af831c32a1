import { type GraphQLSchema, isInputObjectType } from "graphql";
import { canaryId } from "../support/canaries.ts";
import { CATALOG, CUSTOMER } from "../support/policy-world.ts";
import { settlePopulation } from "../support/population.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const PURPOSE = { purpose: "DATA_QUALITY" };
const UPDATE = "mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }";
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
  const { rows } = await pool.query("select to_jsonb(c) as row from customer c where id = $1", [INPUT.id]);
  return rows[0];
}

/** Sends a body as it is written, since JSON.stringify drops some of what an attacker would write. */
async function send(body: string): Promise<{ text: string; codes: readonly string[] }> {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${await server.tokenOf("data-steward")}`,
      "x-purpose": PURPOSE.purpose,
    },
    body,
  });
  const text = await response.text();
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
  return { text, codes: errors.map(({ extensions }) => extensions.code) };
}

/** Refused by GraphQL, or before it: a body with `__proto__` in it is not even read. */
const REFUSED = /^BAD_(REQUEST|USER_INPUT)$/;

/** What of a row, and of every object, nobody may set. */
const NAMES = [
  ...CUSTOMER.attributes.keys(),
  ...CUSTOMER.fields.keys(),
  ...[...CUSTOMER.attributes.values()].map(({ column }) => column),
  ...["controlEpoch", "recordDigest", "createdAt", "idNumberSealed", "id_number_sealed", "phone_partial", "__typename"],
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "$owner", "$key", "$cursor"],
];

/** Fewer, for inputs that write nothing. */
const SPECIAL = ["id", "controllerId", "controller_id", "ageBand", "idNumberSealed", "__proto__", "constructor", "prototype", "$or", "AND"];

test("no attribute of the row beyond those that an input offers is taken by a change", async () => {
  const type = schema.getType("UpdateCustomerInput");
  const offered = isInputObjectType(type) ? Object.keys(type.getFields()) : [];
  expect(offered.filter((name) => CUSTOMER.attributes.has(name))).toEqual(["id"]);
  const before = await stored();
  for (const name of NAMES.filter((one) => !offered.includes(one))) {
    const variables = JSON.stringify({ input: INPUT }).replace("}}", `,${JSON.stringify(name)}:"x"}}`);
    const { codes, text } = await send(`{"query":${JSON.stringify(UPDATE)},"variables":${variables}}`);
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
    const { codes } = await send(`{"query":${JSON.stringify(UPDATE)},"variables":${variables}}`);
    expect({ name, codes }).toEqual({ name, codes: [expect.stringMatching(REFUSED)] });
  }
  expect(await stored()).toEqual(before);
});

/** Every input of the schema, with a document that takes one and something that its required fields hold. */
const INPUTS: readonly (readonly [input: string, document: string, required: string])[] = [
  ["CustomerFilter", "query ($i: CustomerFilter) { customers(filter: $i) { totalCount } }", ""],
  ["CustomerOrder", "query ($i: [CustomerOrder!]) { customers(orderBy: $i) { totalCount } }", '"field":"state"'],
  ["TextFilter", "query ($i: TextFilter) { customers(filter: { fullName: $i }) { totalCount } }", ""],
  ["ExactFilter", "query ($i: ExactFilter) { customers(filter: { customerNo: $i }) { totalCount } }", ""],
  ["LookupFilter", "query ($i: LookupFilter) { customers(filter: { idNumber: $i }) { totalCount } }", ""],
  ["BooleanFilter", "query ($i: BooleanFilter) { customers(filter: { legalHold: $i }) { totalCount } }", ""],
  ["DateFilter", "query ($i: DateFilter) { customers(filter: { recordedOn: $i }) { totalCount } }", ""],
  ["CustomerKindFilter", "query ($i: CustomerKindFilter) { customers(filter: { kind: $i }) { totalCount } }", ""],
  ["CustomerStateFilter", "query ($i: CustomerStateFilter) { customers(filter: { state: $i }) { totalCount } }", ""],
  ["JurisdictionFilter", "query ($i: JurisdictionFilter) { customers(filter: { jurisdiction: $i }) { totalCount } }", ""],
  ["TransferFilter", "query ($i: TransferFilter) { transfers(filter: $i) { totalCount } }", ""],
  ["TransferOrder", "query ($i: [TransferOrder!]) { transfers(orderBy: $i) { totalCount } }", '"field":"state"'],
  ["DealTypeFilter", "query ($i: DealTypeFilter) { transfers(filter: { dealType: $i }) { totalCount } }", ""],
  ["LegalPathFilter", "query ($i: LegalPathFilter) { transfers(filter: { legalPath: $i }) { totalCount } }", ""],
  ["TransferStateFilter", "query ($i: TransferStateFilter) { transfers(filter: { state: $i }) { totalCount } }", ""],
  [
    "CustomerEventFilter",
    "query ($i: CustomerEventFilter) { customers { nodes { events(filter: $i) { totalCount } } } }",
    "",
  ],
  [
    "CustomerEventOrder",
    "query ($i: [CustomerEventOrder!]) { customers { nodes { events(orderBy: $i) { totalCount } } } }",
    '"field":"occurredAt"',
  ],
  [
    "TransferItemOrder",
    "query ($i: [TransferItemOrder!]) { transfers { nodes { items(orderBy: $i) { totalCount } } } }",
    '"field":"state"',
  ],
  [
    "TransferItemFilter",
    `query ($i: TransferItemFilter) { transfers { nodes { items(filter: $i) { totalCount } } } }`,
    "",
  ],
  [
    "TransferItemStateFilter",
    `query ($i: TransferItemStateFilter) { transfers { nodes { items(filter: { state: $i }) { totalCount } } } }`,
    "",
  ],
  ["UpdateCustomerInput", UPDATE.replace("$input: UpdateCustomerInput!", "$i: UpdateCustomerInput!").replace("$input", "$i"), `"id":"${INPUT.id}","expectedVersion":1`],
  [
    "AddressInput",
    `mutation ($i: AddressInput!) { updateCustomer(input: { id: "${INPUT.id}", expectedVersion: 1, address: $i }) { customer { id } } }`,
    '"province":"a","city":"b","street":"c"',
  ],
  ["EvaluateAccessInput", "query ($i: EvaluateAccessInput!) { evaluateAccess(input: $i) { visible } }", '"purpose":"MARKETING","resource":{"type":"Customer"}'],
  [
    "EvaluatedResourceInput",
    `query ($i: EvaluatedResourceInput!) { evaluateAccess(input: { purpose: "MARKETING", resource: $i }) { visible } }`,
    '"type":"Customer"',
  ],
  [
    "SupposedSubjectInput",
    `query ($i: SupposedSubjectInput!) { evaluateAccess(input: { subject: $i, purpose: "MARKETING", resource: { type: "Customer" } }) { visible } }`,
    '"roles":[],"organisation":"transferor"',
  ],
];

test("every input of the schema is among those that are tried", () => {
  const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
  expect(inputs.map(({ name }) => name).sort()).toEqual(INPUTS.map(([name]) => name).sort());
});

test.each(INPUTS)("%s takes no key that it does not offer", async (input, document, required) => {
  const type = schema.getType(input);
  const offered = isInputObjectType(type) ? Object.keys(type.getFields()) : [];
  for (const name of SPECIAL.filter((one) => !offered.includes(one))) {
    const value = `{${required}${required === "" ? "" : ","}${JSON.stringify(name)}:"x"}`;
    const { codes } = await send(`{"query":${JSON.stringify(document)},"variables":{"i":${value}}}`);
    expect({ name, codes }).toEqual({ name, codes: [expect.stringMatching(REFUSED)] });
  }
});

test.each(INPUTS)("%s takes no object, list or operator where it offers a scalar", async (input, document, required) => {
  const type = schema.getType(input);
  const fields = isInputObjectType(type) ? Object.values(type.getFields()) : [];
  for (const { name, type: fieldType } of fields) {
    if (/Filter|Input|Map/.test(String(fieldType))) continue;
    for (const odd of ['{"$ne":null}', '{"toString":"x"}', '[{"x":1}]', '{"__proto__":{"x":1}}']) {
      const others = required.split(/,(?=")/).filter((part) => part !== "" && !part.startsWith(`"${name}"`));
      const value = `{${[...others, `${JSON.stringify(name)}:${odd}`].join(",")}}`;
      const { codes } = await send(`{"query":${JSON.stringify(document)},"variables":{"i":${value}}}`);
      expect({ name, odd, codes }).toEqual({ name, odd, codes: [expect.stringMatching(REFUSED)] });
    }
  }
});

test("no prototype was changed by any of this", () => {
  expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

describe("attributes of a supposed row", () => {
  const evaluate = async (attributes: string): Promise<readonly string[]> => {
    const query = "query ($i: EvaluateAccessInput!) { evaluateAccess(input: $i) { visible } }";
    const subject = '{"roles":["CS_AGENT"],"organisation":"transferor"}';
    const value = `{"subject":${subject},"purpose":"MARKETING","resource":{"type":"Customer","attributes":${attributes}}}`;
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${await server.tokenOf("internal-auditor")}` },
      body: `{"query":${JSON.stringify(query)},"variables":{"i":${value}}}`,
    });
    const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    return errors.map(({ extensions }) => extensions.code);
  };

  test.each([
    ['{"__proto__":{"state":"ACTIVE"}}'],
    ['{"constructor":"x"}'],
    ['{"fullName":"x"}'],
    ['{"state":{"$in":["ACTIVE"]}}'],
    ['{"legalHold":"true"}'],
    ['{"controllerId":"not an id"}'],
    ['{"assignedAgentIds":"x"}'],
    ['{"basisPurposes":[{}]}'],
    ["[]"],
    ['"x"'],
    ["7"],
  ])("%s are refused", async (attributes) => {
    expect(await evaluate(attributes)).toEqual([expect.stringMatching(REFUSED)]);
  });

  test("those of their kind are taken", async () => {
    expect(await evaluate('{"state":"ACTIVE","legalHold":true,"assignedAgentIds":[]}')).toEqual([]);
  });
});

test("no input of the schema offers what only the server may say", () => {
  const changing = ["UpdateCustomerInput", "AddressInput"].map((name) => schema.getType(name));
  const offered = changing.flatMap((type) => (isInputObjectType(type) ? Object.keys(type.getFields()) : []));
  const attributes = [...CATALOG.values()].flatMap((type) => [...type.attributes.keys()]);
  expect(offered.filter((name) => attributes.includes(name)).sort()).toEqual(["id", "province"]);
});
