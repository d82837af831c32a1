import { isNonNullType, isObjectType } from "graphql";
import { createRequestContext } from "../../src/request-context.ts";
import { ASKERS, canaryId, dig } from "../support/canaries.ts";
import { callerBut, CATALOG } from "../support/policy-world.ts";
import { settlePopulation } from "../support/population.ts";
import { runOperation } from "../support/run-operation.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await settlePopulation(server);
});
afterAll(() => server.close());

test("every guarded field is nullable, so that a refusal takes nothing else with it", () => {
  const { schema } = server.app.services.api;
  for (const type of CATALOG.values()) {
    const graphqlType = schema.getType(type.name);
    const fields = isObjectType(graphqlType) ? graphqlType.getFields() : {};
    for (const name of type.fields.keys())
      expect({ name, isNonNull: isNonNullType(fields[name]?.type) }).toEqual({
        name,
        isNonNull: false,
      });
  }
});

test.each(ASKERS)(
  "$caller for $purpose: whoever is refused every field still gets the row and its siblings",
  async ({ caller, purpose }) => {
    const document = `{ customers(first: 40) { totalCount nodes { id ${[
      ...(CATALOG.get("Customer")?.fields.values() ?? []),
    ]
      .map(({ name, shape }) => (shape === "relation" ? `${name} { __typename }` : name))
      .join(" ")} } } }`;
    const { body } = await server.ask(caller, document, { purpose });
    expect(body.errors).toBeUndefined();
    const nodes = dig(body.data, "customers", "nodes") as Record<string, unknown>[];
    expect(nodes).toHaveLength(Number(dig(body.data, "customers", "totalCount")));
    for (const node of nodes) expect(node["id"]).toEqual(expect.any(String));
  },
);

test("a field that fails is null with an error, and the fields and rows beside it stay", async () => {
  const { services } = server.app;
  const context = createRequestContext(
    {
      ...services,
      unsealer: {
        ...services.unsealer,
        open: (field, row) => {
          if (field.name === "idNumber") throw new Error("canary");
          return services.unsealer.open(field, row);
        },
      },
    },
    {
      caller: callerBut({ name: "data-subject", now: TEMPLATE_NOW }),
      now: TEMPLATE_NOW,
      requestId: "test",
    },
  );
  const source = `{ customers(first: 40) { nodes { fullName idNumber bankAccount } } missing: node(id: "x") { id } }`;
  const { data, errors } = await runOperation({ api: services.api, source, context });
  expect(dig(data, "customers", "nodes")).toEqual([
    { fullName: "李娜", idNumber: null, bankAccount: "6217000010000000003" },
  ]);
  expect(errors?.map(({ path }) => path?.join("."))).toEqual(
    expect.arrayContaining(["customers.nodes.0.idNumber", "missing"]),
  );
});

test("a hidden customer within a visible item is null, and the item stays", async () => {
  const { body } = await server.ask(
    "transfer-manager",
    `{ transfers(first: 50) { nodes { items(first: 50) { nodes { state customer { id } } } } } }`,
  );
  expect(body.errors).toBeUndefined();
  const items = (dig(body.data, "transfers", "nodes") as unknown[]).flatMap(
    (transfer) => dig(transfer, "items", "nodes") as Record<string, unknown>[],
  );
  expect(items).toHaveLength(3);
  expect(items.filter(({ customer }) => customer === null)).toEqual([
    { state: "VERIFIED", customer: null },
  ]);
  expect(items.map((item) => dig(item, "customer", "id"))).toContain(canaryId(14));
});
