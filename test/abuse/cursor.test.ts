import { createSecretKey, randomBytes } from "node:crypto";
import { type CursorBinding, sealCursor } from "../../src/sealing/cursor-seal.ts";
import { digestOf } from "../../src/guard/page-request.ts";
import { callerId, canaryId, dig } from "../support/canaries.ts";
import { POLICY } from "../support/policy-world.ts";
import { POPULATION, settlePopulation } from "../support/population.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const STEWARD = { caller: "data-steward", purpose: "DATA_QUALITY" };
const BY_NAME = {
  filter: { kind: { eq: "INDIVIDUAL" } },
  orderBy: [{ field: "fullName", direction: "ASC" }],
};

const LIST = `query ($filter: CustomerFilter, $orderBy: [CustomerOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  customers(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id } } } }`;

let server: TestServer;
/** A cursor that the steward was given in the middle of the list. */
let cursor: string;
let rest: unknown;
beforeAll(async () => {
  server = await startTestServer();
  await settlePopulation(server);
  const { body } = await server.ask(STEWARD.caller, LIST, {
    purpose: STEWARD.purpose,
    variables: BY_NAME,
  });
  const edges = dig(body.data, "customers", "edges") as { cursor: string }[];
  cursor = edges[4]?.cursor ?? "";
  rest = edges.slice(5);
});
afterAll(() => server.close());

interface Use {
  readonly caller?: string;
  readonly purpose?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

function use(
  after: string,
  { caller, purpose, variables }: Use = {},
): ReturnType<TestServer["ask"]> {
  server.resetStatements();
  return server.ask(caller ?? STEWARD.caller, LIST, {
    purpose: purpose ?? STEWARD.purpose,
    variables: { ...BY_NAME, after, ...variables },
  });
}

/** Refused before any read, and always in the same words. */
async function expectRefusal(after: string, how: Use = {}): Promise<void> {
  const { body } = await use(after, how);
  const [error] = body.errors ?? [];
  expect({ ...error?.extensions, requestId: "" }).toEqual({
    code: "VALIDATION_FAILED",
    field: "cursor",
    requestId: "",
  });
  expect(body.data ?? null).toBeNull();
  expect(server.statements).toEqual([]);
}

test("a cursor leads on in the list that gave it out", async () => {
  const { body } = await use(cursor);
  expect(dig(body.data, "customers", "edges")).toEqual(rest);
});

describe("a cursor is good for nothing else:", () => {
  test.each<[string, Use]>([
    [
      "another caller",
      {
        caller: "internal-auditor",
        purpose: "COMPLIANCE_AUDIT",
        variables: { orderBy: null, filter: null },
      },
    ],
    ["another caller with the same rights", { caller: "transferee-data-steward" }],
    ["another purpose", { purpose: "TRANSFER_EXECUTION" }],
    ["another filter", { variables: { filter: { kind: { eq: "ORGANISATION" } } } }],
    ["no filter", { variables: { filter: null } }],
    [
      "a filter that means the same",
      { variables: { filter: { and: [{ kind: { eq: "INDIVIDUAL" } }] } } },
    ],
    ["another direction", { variables: { orderBy: [{ field: "fullName", direction: "DESC" }] } }],
    ["another order", { variables: { orderBy: [{ field: "customerNo", direction: "ASC" }] } }],
    [
      "a longer order",
      { variables: { orderBy: [...BY_NAME.orderBy, { field: "state", direction: "ASC" }] } },
    ],
    ["no order", { variables: { orderBy: null } }],
  ])("%s", (_name, how) => expectRefusal(cursor, how));

  test("another list, whichever it is", async () => {
    const lists = [
      `transfers(after: "${cursor}") { totalCount }`,
      `customer(id: "${canaryId(1)}") { events(after: "${cursor}") { totalCount nodes { id } } }`,
      `customer(id: "${canaryId(14)}") { transfers(after: "${cursor}") { nodes { id } } }`,
    ];
    for (const list of lists) {
      const { body } = await server.ask(STEWARD.caller, `{ ${list} }`, {
        purpose: STEWARD.purpose,
      });
      expect(body.errors?.map(({ extensions }) => extensions["code"])).toEqual([
        "VALIDATION_FAILED",
      ]);
    }
  });
});

test("a cursor with any part of it changed is refused", async () => {
  const changed = Array.from({ length: cursor.length }, (_, at) => {
    const sign = cursor[at] === "A" ? "B" : "A";
    return cursor.slice(0, at) + sign + cursor.slice(at + 1);
  });
  for (const one of changed) await expectRefusal(one);
});

test("what was never a cursor is refused", async () => {
  const texts = [
    "",
    "0",
    "=",
    "null",
    "[]",
    cursor.slice(0, -1),
    cursor.slice(1),
    `${cursor}A`,
    `${cursor}=`,
    ` ${cursor}`,
  ];
  const foreign = [
    cursor + cursor,
    "A".repeat(10_000),
    "\u0000",
    "😀",
    cursor.replaceAll("-", "+").replaceAll("_", "/").concat("+"),
  ];
  for (const text of [...texts, ...foreign]) await expectRefusal(text);
});

describe("a sort value of the caller's own choice", () => {
  const payload = JSON.stringify(["李", canaryId(1)]);

  test.each([
    ["in plain text", payload],
    ["in base64, as other servers take it", Buffer.from(payload).toString("base64")],
    ["in base64url", Buffer.from(payload).toString("base64url")],
    ["in Relay's form", Buffer.from(`arrayconnection:${payload}`).toString("base64")],
  ])("%s is refused", (_name, forged) => expectRefusal(forged));

  const binding = (): CursorBinding => ({
    callerId: callerId(STEWARD.caller),
    purpose: STEWARD.purpose,
    type: "Query.customers",
    sort: digestOf(BY_NAME.orderBy),
    filterDigest: digestOf(BY_NAME.filter),
    policyVersion: POLICY.version,
  });

  test("sealed under another key is refused", () =>
    expectRefusal(
      sealCursor({ key: createSecretKey(randomBytes(32)), binding: binding(), payload }),
    ));

  test("sealed under our own key is taken: the cases below fail for what they change", async () => {
    const { body } = await use(
      sealCursor({ key: server.app.services.cursorKey, binding: binding(), payload }),
    );
    expect(body.errors).toBeUndefined();
  });

  test.each(["callerId", "purpose", "type", "sort", "filterDigest", "policyVersion"])(
    "bound to another %s is refused",
    (part) =>
      expectRefusal(
        sealCursor({
          key: server.app.services.cursorKey,
          binding: { ...binding(), [part]: "another" },
          payload,
        }),
      ),
  );
});

test("the bytes of a cursor show no value, and not how long one is", async () => {
  for (const field of ["fullName", "customerNo", "region", "state", "recordedOn"]) {
    const orderBy = [{ field, direction: "ASC" }];
    const { body } = await server.ask(STEWARD.caller, LIST, {
      purpose: STEWARD.purpose,
      variables: { orderBy },
    });
    const cursors = (dig(body.data, "customers", "edges") as { cursor: string }[]).map(
      (edge) => edge.cursor,
    );
    const decoded = cursors.map((one) => Buffer.from(one, "base64url"));
    const texts = decoded
      .map((bytes) => bytes.toString("utf8") + bytes.toString("latin1"))
      .join("\n");
    const values = POPULATION.flatMap(({ id, record }) => [id, ...Object.values(record)]);
    for (const value of values)
      if (value !== null && value.length > 3) expect(texts).not.toContain(value);
    expect(new Set(decoded.map(({ length }) => length)).size).toBeLessThanOrEqual(2);
    expect(new Set(cursors).size).toBe(cursors.length);
  }
});

test("a cursor leads back in its list as well", async () => {
  const { body } = await use(cursor, { variables: { after: null, before: cursor, last: 3 } });
  expect((dig(body.data, "customers", "edges") as unknown[]).length).toBe(3);
});
