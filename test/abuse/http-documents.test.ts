import { CANARY, type HttpWorld, resolved, startHttpWorld } from "../support/http-world.ts";

let world: HttpWorld;
beforeAll(async () => {
  world = await startHttpWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  resolved.length = 0;
});

/** Refused by a limit, quickly, with no resolver run. */
async function expectTooComplex(query: string, limit: string, variables?: object): Promise<void> {
  const began = performance.now();
  const { status, json } = await world.ask({ query, variables });
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(json.errors?.map(({ extensions }) => extensions["code"])).toEqual(["QUERY_TOO_COMPLEX"]);
  expect(json.errors?.[0]?.extensions["limit"]).toBe(limit);
  expect(json).not.toHaveProperty("data");
  expect(status).toBe(400);
  expect(resolved).toEqual([]);
}

const nested = (levels: number) =>
  "{ customer(id: 1) " +
  "{ friends { nodes ".repeat(levels) +
  "{ id }" +
  " } }".repeat(levels) +
  " }";

describe("a document that asks too much", () => {
  test("1,000 aliases of a lookup are refused", () =>
    expectTooComplex(
      `{ ${Array.from({ length: 1_000 }, (_, n) => `a${n}: customer(id: ${n}) { id }`).join(" ")} }`,
      "tokens",
    ));

  test("more aliases than allowed are refused where tokens would allow them", () =>
    expectTooComplex(
      `{ ${Array.from({ length: 11 }, (_, n) => `a${n}: cost`).join(" ")} }`,
      "aliases",
    ));

  test("aliases that a fragment multiplies are counted as often as it is spread", () => {
    const alias = "a: fullName b: fullName c: fullName";
    const spreads = Array.from({ length: 4 }, (_, n) => `x${n}: customer(id: ${n}) { ...F }`);
    return expectTooComplex(
      `{ ${spreads.join(" ")} } fragment F on Customer { ${alias} }`,
      "aliases",
    );
  });

  test("nesting beyond the depth is refused", () => expectTooComplex(nested(5), "depth"));

  test("nesting through fragments is refused alike", () =>
    expectTooComplex(
      `{ customer(id: 1) { ...A } }
       fragment A on Customer { friends { nodes { ...B } } }
       fragment B on Customer { friends { nodes { ...C } } }
       fragment C on Customer { friends { nodes { ...D } } }
       fragment D on Customer { friends { nodes { id } } }`,
      "depth",
    ));

  test("thousands of directives are refused", () =>
    expectTooComplex(`{ cost ${"@include(if: true) ".repeat(20_000 / 100)} }`, "directives"));

  test("20,000 directives are refused while parsing", () =>
    expectTooComplex(`{ cost ${"@x".repeat(20_000)} }`, "tokens"));

  test("a page beyond the largest is refused", () =>
    expectTooComplex("{ customers(first: 99999999) { totalCount } }", "pageSize"));

  test("a page size in a variable is refused alike", () =>
    expectTooComplex("query($n: Int) { customers(first: $n) { totalCount } }", "pageSize", {
      n: 101,
    }));

  test("full pages within full pages are refused", () =>
    expectTooComplex(
      "{ customers(first: 100) { nodes { friends(first: 100) { nodes { id } } } } }",
      "cost",
    ));

  test("fragments that double one another are refused without being unfolded", () => {
    const fragments = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on CustomerConnection { ...F${n + 1} ...F${n + 1} }`,
    );
    const last = "fragment F60 on CustomerConnection { totalCount }";
    return expectTooComplex(`{ customers { ...F0 } } ${fragments.join(" ")} ${last}`, "selections");
  });

  test("thousands of variable values are refused", () =>
    expectTooComplex(
      "query($f: CustomerFilter) { customers(filter: $f) { totalCount } }",
      "variables",
      {
        f: { and: Array.from({ length: 3_000 }, () => ({})) },
      },
    ));

  test("variables nested without end are refused, and the server lives", async () => {
    const levels = 5_000;
    const filter = `${'{"and":['.repeat(levels)}{}${"]}".repeat(levels)}`;
    const query = "query($f: CustomerFilter) { customers(filter: $f) { totalCount } }";
    const { json } = await world.ask(`{"query":"${query}","variables":{"f":${filter}}}`);
    expect(json.errors?.[0]?.extensions).toMatchObject({
      code: "QUERY_TOO_COMPLEX",
      limit: "variableDepth",
    });
    expect((await world.ask({ query: "{ __typename }" })).status).toBe(200);
  });
});

describe("a document that takes long to check", () => {
  test.each([
    [
      "a fragment within itself",
      "{ customer(id: 1) { ...A } } fragment A on Customer { ...B } fragment B on Customer { ...A }",
    ],
    [
      "a field 900 times with conflicts",
      `{ ${"customer(id: 1) { id } ".repeat(200)} customer(id: 2) { id } }`,
    ],
    [
      "inline fragments within one another",
      `{ ${"... { ".repeat(480)} cost ${"}".repeat(480)} nonsense }`,
    ],
    ["ten thousand faults", `{ ${"nonsense ".repeat(1_900)} }`],
  ])("%s: refused quickly, in a short answer", async (_name, query) => {
    const began = performance.now();
    const { json, text, status } = await world.ask({ query });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(text.length).toBeLessThan(20_000);
    expect([400, 422]).toContain(status);
    expect(["GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_COMPLEX"]).toContain(
      json.errors?.[0]?.extensions["code"],
    );
  });
});

describe("what an answer tells of the schema and of values", () => {
  test("a misspelt field is named without a suggestion", async () => {
    const { json, text } = await world.ask({ query: "{ customer(id: 1) { fulName } }" });
    expect(json.errors?.[0]?.message).toBe("The document does not fit the schema.");
    expect(json.errors?.[0]?.extensions["problem"]).toBe(
      'Cannot query field "fulName" on type "Customer".',
    );
    expect(text).not.toContain("fullName");
    expect(text).not.toMatch(/did you mean/i);
  });

  test.each([
    [
      "a variable of the wrong type",
      "query($id: ID!) { customer(id: $id) { id } }",
      { id: { [CANARY]: CANARY } },
    ],
    [
      "a variable of the wrong scalar",
      "query($n: Int) { customers(first: $n) { totalCount } }",
      { n: CANARY },
    ],
    [
      "an unknown key of an input",
      "query($f: CustomerFilter) { customers(filter: $f) { totalCount } }",
      { f: { [CANARY]: 1 } },
    ],
    [
      "a key that imitates a place",
      "query($f: CustomerFilter) { customers(filter: $f) { totalCount } }",
      { f: { phone: { [` at "f.${CANARY}"; `]: 1 } } },
    ],
    ["a literal of the wrong type", `{ customers(first: "${CANARY}") { totalCount } }`, undefined],
    [
      "an unquoted literal",
      `{ customers(first: ${CANARY.replace("-", "_")}) { totalCount } }`,
      undefined,
    ],
    ["a document that cannot be parsed", `{ customer(id: "${CANARY}" `, undefined],
  ])("%s is not repeated, in the answer or in the log", async (_name, query, variables) => {
    const { json, text } = await world.ask({ query, variables });
    expect(json.errors).toHaveLength(1);
    expect(text + world.logged()).not.toMatch(/canary.7f3a9c/);
  });

  test("a badly typed variable is named with its type and place", async () => {
    const { json, status } = await world.ask({
      query: "query Q($f: CustomerFilter) { customers(filter: $f) { totalCount } }",
      variables: { f: { and: [{ phone: "1" }, { total: CANARY }] } },
    });
    expect(status).toBe(400);
    expect(json.errors?.[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      variable: "f",
      at: "f.and[1].total",
      expected: "CustomerFilter",
    });
  });

  test("an error of a driver leaves as INTERNAL_SERVER_ERROR with the request id", async () => {
    const { json, text, headers } = await world.ask({ query: "{ broken }" });
    expect(json.errors?.[0]?.message).toBe("The server made a mistake.");
    expect(json.errors?.[0]?.extensions).toEqual({
      code: "INTERNAL_SERVER_ERROR",
      requestId: headers.get("x-request-id"),
    });
    expect(json.errors?.[0]?.path).toEqual(["broken"]);
    expect(text).not.toContain(CANARY);
    expect(world.logged()).toContain('"code":"23505"');
    expect(world.logged()).toMatch(/http-world\.ts:\d+/);
    expect(world.logged()).not.toContain(CANARY);
  });

  test("introspection is answered, three lists deep and no deeper", async () => {
    const shallow = await world.ask({ query: "{ __schema { types { name fields { name } } } }" });
    expect(shallow.status).toBe(200);
    const deep =
      "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    expect((await world.ask({ query: deep })).status).toBe(422);
  });
});
