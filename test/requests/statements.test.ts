import { jest } from "@jest/globals";
import { type FieldDefinition, typeIn } from "../../src/classification/catalog.ts";
import { storedColumnsOf } from "../../src/classification/stored-columns.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const TRANSFER_ID = "0192a000-0000-7000-8000-000000000720";
const ITEMS = `{
  transfer(id: "${TRANSFER_ID}") { code items(first: $n) { nodes { state customer { fullName phone } } } }
}`;
const BACK_AGAIN = `{
  transfers(first: $n) {
    totalCount
    nodes {
      transferor { code }
      items(first: $n) { totalCount nodes { customer { fullName controller { name } transfers(first: $n) { nodes { code } } } } }
    }
  }
}`;
const RECORDS = `{
  customers(first: $n) {
    totalCount
    nodes { fullName controller { code } access { field } events(first: $n) { totalCount nodes { kind } } }
    edges { cursor node { phone transfers(first: $n) { nodes { code } } } }
  }
}`;

describe("the number of statements does not depend on the number of rows", () => {
  test.each([
    {
      name: "a list",
      query: "{ customers(first: $n) { nodes { fullName phone idNumber } } }",
      count: 1,
    },
    {
      name: "a list with its count",
      query: "{ customers(first: $n) { totalCount nodes { id } } }",
      count: 2,
    },
    { name: "from a transfer to items to customers", query: ITEMS, count: 3 },
    { name: "from transfers to customers and back", query: BACK_AGAIN, count: 7 },
    { name: "lists below the rows of a list, on two paths", query: RECORDS, count: 6 },
  ])("$name: $count statements", async ({ query, count }) => {
    const few = await readsOf(query, 1);
    const many = await readsOf(query, 12);
    expect(many.rows).toBeGreaterThan(few.rows);
    expect(many.reads).toEqual(few.reads);
    expect(few.reads).toHaveLength(count);
    // Beside the reads: the caller's principal, its token's revocation and the organisations.
    expect(few.all).toBeGreaterThanOrEqual(few.reads.length);
    expect(many.all - many.reads.length).toBeLessThanOrEqual(3);
  });

  test("nodes: one for each guarded type", async () => {
    const { body } = await server.ask<{ customers: { nodes: { id: string }[] } }>(
      "internal-auditor",
      "{ customers(first: 40) { nodes { id } } }",
    );
    const ids = body.data?.customers.nodes.map(({ id }) => id) ?? [];
    expect(ids).toHaveLength(40);
    server.resetStatements();
    await server.ask("internal-auditor", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {
      variables: { ids },
    });
    expect(server.statements).toHaveLength(server.app.services.api.catalog.size);
  });

  test("many aliases of one row are one statement", async () => {
    const aliases = Array.from(
      { length: 12 },
      (_, at) => `a${at}: customer(id: "${TRANSFER_ID}") { id }`,
    );
    server.resetStatements();
    await server.ask("internal-auditor", `{ ${aliases.join(" ")} }`);
    expect(server.statements).toHaveLength(1);
  });
});

describe("what a statement selects", () => {
  test.each([
    ["cs-agent", "SERVICE_DELIVERY"],
    ["cs-agent", "CUSTOMER_CARE"],
    ["cs-agent-no-mfa", "SERVICE_DELIVERY"],
    ["sales-analyst", "ANALYTICS"],
    ["sales-analyst", "MARKETING"],
    ["data-steward", "DATA_QUALITY"],
    ["data-steward", "TRANSFER_EXECUTION"],
    ["internal-auditor", "COMPLIANCE_AUDIT"],
    ["external-auditor", "COMPLIANCE_AUDIT"],
    ["partner-system", "SERVICE_DELIVERY"],
    ["gov-liaison", "LEGAL_DISCLOSURE"],
    ["data-subject", "SELF_ACCESS"],
  ])(
    "%s for %s: nothing that is always NONE, no ciphertext below CLEAR",
    async (caller, purpose) => {
      const asked = server.asCaller(caller, purpose);
      const { body } = await asked<{
        viewer: { access: readonly { field: string; disclosure: string }[] };
      }>(`{ viewer { access(type: "Customer") { field disclosure } } }`);
      const best = new Map(
        body.data?.viewer.access.map(({ field, disclosure }) => [field, disclosure]),
      );
      server.resetStatements();
      await asked(
        `{ customers(first: 5) { nodes { ${scalarFields()
          .map(({ name }) => name)
          .join(" ")} } } }`,
      );
      const [sql = ""] = server.statements;
      expect(sql).toMatch(/^select /);
      const selects = (column: string | null): boolean =>
        column !== null && sql.includes(`t.${column} as `);

      for (const field of scalarFields()) {
        const { clear, sealed, partial, coarse, index } = storedColumnsOf(field);
        const columns = [sealed, partial, coarse, index, ...(isReadByOthers(field) ? [] : [clear])];
        if (best.get(field.name) === "NONE") {
          expect(columns.filter(selects)).toEqual([]);
          expect(sql).not.toContain(`t.${sealed} is not null`);
        }
        if (best.get(field.name) !== "CLEAR" && selects(sealed))
          throw new Error(`${sealed} is selected`);
      }
      const opensSome = scalarFields().some(
        (field) => field.isSealed && best.get(field.name) === "CLEAR",
      );
      expect(sql.includes("customer_key")).toBe(opensSome);
    },
  );

  test("only what the document and the log ask for", async () => {
    server.resetStatements();
    await server.ask("data-subject", "{ customers(first: 5) { nodes { fullName } } }");
    expect(server.statements[0]).toMatch(
      /^select t\.id as c0, t\.full_name as c1, t\.circumstances as c2, t\.controller_id as c3, t\.transfer_ids as c4 from customer t/,
    );
  });
});

/** Sends a document with pages of n rows; how many rows came, which reads were sent, and all statements. */
async function readsOf(
  query: string,
  n: number,
): Promise<{ rows: number; reads: readonly string[]; all: number }> {
  server.resetStatements();
  const queries = jest.spyOn(server.app.services.database.pool, "query");
  const variables = { n };
  const { body } = await server.ask("transfer-manager", `query ($n: Int!) ${query}`, { variables });
  // Groups of records and notes of when roles were used are written when their time comes, for all requests.
  const all = queries.mock.calls.filter(
    (call) => !/decision_inbox|role_use/.test(JSON.stringify(call[0])),
  ).length;
  queries.mockRestore();
  expect(body.errors).toBeUndefined();
  return { rows: JSON.stringify(body.data).length, reads: [...server.statements], all };
}

/** Every field of a customer that is asked for without a selection of its own. */
function scalarFields(): FieldDefinition[] {
  const fields = typeIn(server.app.services.api.catalog, "Customer").fields.values();
  return [...fields].filter(({ shape }) => shape !== "relation");
}

/** Rules and renderings of other fields read some clear columns whatever is asked for. */
function isReadByOthers(field: FieldDefinition): boolean {
  const type = typeIn(server.app.services.api.catalog, "Customer");
  const byRules = [...type.attributes.values()].some(({ column }) => column === field.column);
  const byRenderings = [...type.fields.values()].some(({ renderings }) =>
    Object.values(renderings).some(({ reads }) => reads?.includes(field.name)),
  );
  return byRules || byRenderings;
}
