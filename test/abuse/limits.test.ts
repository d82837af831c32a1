import { canaryId, transferId } from "../support/canaries.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const CALLER = "data-steward";
const PURPOSE = { purpose: "TRANSFER_EXECUTION" };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const times = (count: number, text: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => text(at)).join(" ");
const customer = (fields: string): string => `{ customer(id: "${canaryId(1)}") { ${fields} } }`;
const deep = (levels: number): string =>
  `{ transfer(id: "${transferId("TR-2026-005")}") { ${"items(first: 1) { nodes { transfer { ".repeat(levels)} id ${"} } }".repeat(levels)} } }`;

/** Too much of one thing each, over the real schema. */
const GREEDY: readonly (readonly [name: string, document: string, limit: string])[] = [
  ["many aliases of the dearest field", customer(times(31, (at) => `a${at}: idNumber`)), "aliases"],
  [
    "many aliases of a lookup",
    `{ ${times(19, (at) => `a${at}: customers(filter: { idNumber: { eq: "${at}" } }) { totalCount b${at}: totalCount }`)} }`,
    "aliases",
  ],
  [
    "a fragment that multiplies aliases",
    `{ ${times(4, (at) => `c${at}: customer(id: "1") { ...F }`)} } fragment F on Customer { ${times(9, (at) => `a${at}: phone`)} }`,
    "aliases",
  ],
  ["transfers within items within transfers", deep(4), "depth"],
  [
    "the same by fragments",
    `{ transfer(id: "1") { ...A } } fragment A on Transfer { items { nodes { transfer { ...B } } } } fragment B on Transfer { items { nodes { transfer { ...C } } } } fragment C on Transfer { items { nodes { transfer { items { nodes { transfer { id } } } } } } }`,
    "depth",
  ],
  ["a page beyond the largest", "{ customers(first: 99999999) { totalCount } }", "pageSize"],
  ["a page backwards beyond the largest", "{ customers(last: 201) { totalCount } }", "pageSize"],
  [
    "a nested page beyond the largest",
    "{ transfers(first: 1) { nodes { items(first: 201) { totalCount } } } }",
    "pageSize",
  ],
  [
    "full pages within full pages",
    "{ customers(first: 200) { nodes { transfers(first: 200) { nodes { items(first: 200) { nodes { id state reasons } } } } } } }",
    "cost",
  ],
  [
    "more ids than a page has rows",
    `{ nodes(ids: [${times(201, (at) => `"${canaryId(at)}"`)}]) { id } }`,
    "pageSize",
  ],
  [
    "many roots",
    `{ ${times(21, () => "__typename")} ${times(21, () => "viewer { id }")} }`,
    "rootFields",
  ],
  ["many directives", customer(times(51, () => "id @include(if: true)")), "directives"],
];

test.each(GREEDY)("%s: refused before any read", async (_name, document, limit) => {
  server.resetStatements();
  const { status, body } = await server.ask(CALLER, document, PURPOSE);
  expect(body.errors?.map(({ extensions }) => [extensions["code"], extensions["limit"]])).toEqual([
    ["QUERY_TOO_COMPLEX", limit],
  ]);
  expect(body).not.toHaveProperty("data");
  expect(status).toBe(400);
  expect(server.statements).toEqual([]);
});

test.each([
  ["the size of a page", "query ($n: Int) { customers(first: $n) { totalCount } }", { n: 5_000 }],
  [
    "a list of ids",
    "query ($n: [ID!]!) { nodes(ids: $n) { id } }",
    { n: Array.from({ length: 500 }, () => "1") },
  ],
  [
    "a filter",
    "query ($n: CustomerFilter) { customers(filter: $n) { totalCount } }",
    { n: { or: Array.from({ length: 51 }, () => ({ fullName: { eq: "x" } })) } },
  ],
])("%s in a variable is bounded as well, before any read", async (_name, document, variables) => {
  server.resetStatements();
  const { body } = await server.ask(CALLER, document, { ...PURPOSE, variables });
  expect(body.errors?.[0]?.extensions["code"]).toBe("QUERY_TOO_COMPLEX");
  expect(server.statements).toEqual([]);
});

test("a predicate that is forbidden is refused before any read", async () => {
  for (const list of ['filter: { idNumber: { eq: "1" } }', "orderBy: [{ field: recordedOn }]"]) {
    server.resetStatements();
    const { body } = await server.ask("partner-system", `{ customers(${list}) { totalCount } }`);
    expect(body.errors?.[0]?.extensions["code"]).toMatch(/^FIELD_(FILTER|SORT)_FORBIDDEN$/);
    expect(server.statements).toEqual([]);
  }
});

test("as many aliases as are allowed cost as many statements as one", async () => {
  const ask = async (document: string): Promise<number> => {
    server.resetStatements();
    expect(
      (await server.ask("cs-agent", document, { purpose: "SERVICE_DELIVERY" })).body.errors,
    ).toBeUndefined();
    return server.statements.length;
  };
  const id = '"0192a000-0000-7000-8000-000000000501"';
  const one = await ask(`{ customer(id: ${id}) { idNumber } }`);
  const fields = times(30, (at) => `a${at}: idNumber`);
  expect(await ask(`{ customer(id: ${id}) { ${fields} } }`)).toBe(one);
  expect(await ask(`{ ${times(15, (at) => `c${at}: customer(id: ${id}) { idNumber }`)} }`)).toBe(
    one,
  );
});
