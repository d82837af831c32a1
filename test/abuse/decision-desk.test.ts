import type { DecisionRecord } from "../../src/audit/decision-record.ts";
import { NO_ROWS } from "../../src/audit/decision-record.ts";
import { decisionRecord, seedDecisions } from "../support/decision-seed.ts";
import { MADE_UP_FROM, sealed, OUYANG, TRANSFEROR, ZHANG } from "../support/decision-world.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

/*
 * The auditor's desk under attack: decisions of others do not exist by whatever way, a customer's id
 * tells nothing, a person sees what was disclosed of them and nobody else, and no answer has a value.
 */

const UNRELATED = "0192a000-0000-7000-8000-000000000108";
const SECRET = "0192d000-0000-7000-8000-000000000001";
const NOWHERE = "0192d000-0000-7000-8000-00000000ffff";
const NEVER_ASKED = "0192d000-0000-7000-8000-00000000eeee";
const ALL = `id at sealedAt treeIndex action request operation { name digest } operationName caller { id name }
  organisation { code } roles purpose caseCodes tokenId policyVersion lawPack type fields disclosures reasons rules
  facets verdicts { fields disclosure reason rule stage under } clearFields rowCount ids subjects concernedIds transferIds
  clear refusal about record customers { reference customer { id fullName phone idNumber } } proof { leafHash }`;

let server: TestServer;
let records: DecisionRecord[];

beforeAll(async () => {
  server = await startTestServer();
  const agent = server.asCaller("cs-agent", "SERVICE_DELIVERY");
  await agent(
    "{ customers(first: 20) { nodes { fullName phone idNumber birthDate address { city } } } }".replace(
      " address { city }",
      "",
    ),
  );
  records = await sealed(server);
  await seedDecisions(
    server.app.services.database.pool,
    [
      decisionRecord({
        id: SECRET,
        concerned: [UNRELATED],
        caller: {
          id: null,
          organisationId: UNRELATED,
          roles: ["CS_AGENT"],
          caseCodes: ["E-1"],
          tokenId: null,
          state: "x",
        },
        rows: { ...NO_ROWS, count: 1, customers: [referenceOf(ZHANG)] },
        verdicts: [
          {
            fields: ["phone"],
            disclosure: "CLEAR",
            reason: null,
            rule: "secret/rule",
            stage: null,
            under: [],
          },
        ],
      }),
    ],
    { from: MADE_UP_FROM },
  );
});
afterAll(() => server.close());

function referenceOf(id: string): string {
  return server.app.services.customerReferences.referenceOf(id) ?? "";
}

const OUTSIDE = [
  ["internal-auditor", "COMPLIANCE_AUDIT"],
  ["compliance-officer", "RIGHTS_REQUEST"],
  ["transferee-compliance-officer", "LEGAL_RETENTION"],
  ["external-auditor", "COMPLIANCE_AUDIT"],
  ["cs-agent", "SERVICE_DELIVERY"],
  ["platform-admin", "DATA_QUALITY"],
] as const;

describe.each(OUTSIDE)(
  "to %s for %s the decisions of another organisation do not exist",
  (who, purpose) => {
    const ask = <Data>(query: string) => server.ask<Data>(who, query, { purpose });

    test.each([
      ["decision", (id: string) => `{ decision(id: "${id}") { ${ALL} } }`],
      ["node", (id: string) => `{ node(id: "${id}") { id } }`],
      ["nodes", (id: string) => `{ nodes(ids: ["${id}"]) { id } }`],
      ["explainDecision", (id: string) => `{ explainDecision(id: "${id}") { agrees hindrance } }`],
      ["proof", (id: string) => `{ decision(id: "${id}") { proof { treeIndex hashes file } } }`],
    ])("by id, through %s: a hidden one is answered as a missing one", async (_, query) => {
      const [hidden, missing] = [await ask(query(SECRET)), await ask(query(NOWHERE))];
      expect(told(hidden.body)).toEqual(told(missing.body));
      expect(JSON.stringify(hidden.body.data ?? null)).not.toContain("leafHash");
    });

    test.each([
      `{ rule: "secret/rule" }`,
      `{ organisationId: "${UNRELATED}" }`,
      `{ concernedId: "${UNRELATED}" }`,
      `{ caseCode: "E-1" }`,
      `{ request: "request-0001" }`,
    ])("by the filter %s, with count and cursors", async (filter) => {
      const { body } = await ask<{ decisions: object } | null>(
        `{ decisions(filter: ${filter}) { totalCount isCapped nodes { id } pageInfo { endCursor hasNextPage } } }`,
      );
      const isRefused = body.errors?.[0]?.extensions["code"] === "FIELD_FILTER_FORBIDDEN";
      if (!isRefused)
        expect(body.data?.decisions).toEqual({
          totalCount: 0,
          isCapped: false,
          nodes: [],
          pageInfo: { endCursor: null, hasNextPage: false },
        });
    });

    test("in lists, denials and replays", async () => {
      const { body } = await ask<{ decisions: { nodes: { id: string }[] } }>(
        "{ decisions(first: 100) { nodes { id } } }",
      );
      expect(body.data?.decisions.nodes.map(({ id }) => id) ?? []).not.toContain(SECRET);
      const denials = await ask(
        '{ denials(from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z") { lines { word } } }',
      );
      expect(JSON.stringify(denials.body)).not.toContain("secret/rule");
    });
  },
);

test("a cursor of somebody else's list is no cursor", async () => {
  const list = "query ($a: String) { decisions(first: 1, after: $a) { pageInfo { endCursor } } }";
  const mine = await server.ask<{ decisions: { pageInfo: { endCursor: string } } }>(
    "internal-auditor",
    list,
  );
  const a = mine.body.data?.decisions.pageInfo.endCursor;
  expect(a).toEqual(expect.any(String));
  const theirs = await server.ask("compliance-officer", list, {
    purpose: "RIGHTS_REQUEST",
    variables: { a },
  });
  expect(theirs.body.errors?.[0]?.extensions["code"]).toBe("VALIDATION_FAILED");
});

test("a filter on a customer's id tells nothing of whether there is one", async () => {
  const { rows } = await server.app.services.database.pool.query<{ id: string }>(
    "SELECT id FROM customer WHERE controller_id <> $1 LIMIT 1",
    [TRANSFEROR],
  );
  const answers = await Promise.all(
    [rows[0]?.id, NEVER_ASKED, "no-id"].map(async (id) => {
      const query = `query ($id: ID!) { decisions(filter: { customerId: $id }) { totalCount isCapped nodes { id } } disclosuresOf(customerId: $id) { totalCount nodes { id } } }`;
      const { body } = await server.ask("internal-auditor", query, { variables: { id } });
      return told(body);
    }),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(JSON.stringify(answers[0])).toContain('"totalCount":0');
});

test("customers in a record are shown as they are shown anywhere else", async () => {
  const { body } = await server.ask<Listed>(
    "internal-auditor",
    `{ decisions(first: 50, filter: { field: "Customer.fullName", caller: "cs-agent" }) { nodes { ${ALL} } } }`,
  );
  const shown = body.data?.decisions.nodes.flatMap(({ customers }) => customers) ?? [];
  const direct = await server.ask<{ customers: { nodes: { id: string }[] } }>(
    "internal-auditor",
    "{ customers(first: 100) { nodes { id fullName phone idNumber } } }",
  );
  const byId = new Map(direct.body.data?.customers.nodes.map((one) => [one.id, one]));
  const named = shown.flatMap(({ customer }) => (customer === null ? [] : [customer]));
  expect(named.length).toBeGreaterThan(3);
  for (const customer of named) expect(customer).toEqual(byId.get(customer.id));
});

interface Listed {
  readonly decisions: {
    readonly nodes: readonly {
      readonly customers: readonly { readonly customer: { readonly id: string } | null }[];
    }[];
  };
}

test("no value of a customer is in any record, or in an answer of the desk", async () => {
  const { rows } = await server.app.services.database.pool.query<{
    name: string | null;
    phone: string | null;
  }>(
    "SELECT full_name AS name, phone FROM customer WHERE controller_id = $1 ORDER BY id LIMIT 20",
    [TRANSFEROR],
  );
  const canaries = rows.flatMap(({ name, phone }) => [name, phone]).filter((one) => one !== null);
  expect(canaries.length).toBeGreaterThan(10);
  const asked = [
    `{ decisions(first: 50) { nodes { ${ALL.replace(/customers \{.*?\} \}/, "customers { reference }")} } } }`,
    `{ explainDecision(id: "${records[0]?.id}") { differences { field } explanation { auditorText callerText fieldRules { clauses { text } } remedies { changes } } } }`,
    '{ denials(from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z") { lines { word } } }',
    `{ disclosuresOf(customerId: "${ZHANG}") { nodes { verdicts { fields } record } } }`,
  ];
  for (const query of asked) {
    const { body } = await server.ask("internal-auditor", query);
    expect(body.errors).toBeUndefined();
    const text = JSON.stringify(body);
    expect(canaries.filter((canary) => text.includes(canary))).toEqual([]);
  }
});

describe("a person", () => {
  const self = <Data>(query: string) => server.ask<Data>("data-subject", query);

  test("sees to whom their own data was disclosed, by organisation and role", async () => {
    const { body } = await self<{ disclosuresOf: { totalCount: number; nodes: object[] } }>(
      `{ disclosuresOf(customerId: "${ZHANG}") { totalCount nodes { organisation { code } roles purpose clearFields rules
          caller { name } customers { reference } subjects rowCount ids record about request tokenId caseCodes transferIds proof { file } } } }`,
    );
    // The record of another organisation is about them as well.
    expect(body.data?.disclosuresOf.totalCount).toBe(2);
    const withheld = [
      "caller",
      "customers",
      "subjects",
      "rowCount",
      "ids",
      "record",
      "about",
      "request",
      "tokenId",
      "caseCodes",
      "transferIds",
      "proof",
    ];
    for (const node of body.data?.disclosuresOf.nodes ?? []) {
      expect(node).toMatchObject({
        roles: ["CS_AGENT"],
        ...Object.fromEntries(withheld.map((name) => [name, null])),
      });
      expect(node).toHaveProperty("clearFields.0");
    }
  });

  test("sees nobody else's: a stranger's id is answered as nobody's", async () => {
    const [stranger, nobody] = await Promise.all(
      [OUYANG, NOWHERE].map((id) => self(`{ disclosuresOf(customerId: "${id}") { totalCount } }`)),
    );
    expect(told(stranger?.body)).toEqual(told(nobody?.body));
    expect(JSON.stringify(stranger?.body)).toContain("FIELD_FILTER_FORBIDDEN");
    const { body } = await self<{ decisions: { nodes: { treeIndex: number }[] } }>(
      "{ decisions { nodes { treeIndex } } }",
    );
    const pool = server.app.services.database.pool;
    const places = body.data?.decisions.nodes.map(({ treeIndex }) => treeIndex) ?? [];
    const { rows } = await pool.query<{ subjects: string[] }>(
      "SELECT subjects FROM decision WHERE tree_index = ANY ($1)",
      [places],
    );
    expect(places.length).toBeGreaterThan(0);
    for (const { subjects } of rows) expect(subjects).toContain(referenceOf(ZHANG));
  });

  test.each([
    `{ decisions(filter: { customerId: "${ZHANG}" }) { totalCount } }`,
    '{ decisions(filter: { caller: "cs-agent" }) { totalCount } }',
    '{ decisions(filter: { request: "x" }) { totalCount } }',
    '{ decisions(filter: { transferId: "0192a000-0000-7000-8000-000000000101" }) { totalCount } }',
  ])("finds nothing out by a filter on what is withheld: %s", async (query) => {
    expect((await self(query)).body.errors?.[0]?.extensions["code"]).toBe("FIELD_FILTER_FORBIDDEN");
  });

  test.each([
    `{ explainDecision(id: "${SECRET}") { agrees } }`,
    '{ replay(input: { to: "x" }) { records } }',
    '{ denials(from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z") { records } }',
    "{ logCheckpoint { treeSize } }",
    "{ logConsistency(from: 0, to: 1) { hashes } }",
    "{ logKeys { verifierKey } }",
  ])("asks no auditor's question: %s", async (query) => {
    expect((await self(query)).body.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
  });
});

/** Data and codes of an answer: what anybody can learn of it. */
function told(
  body: { data?: unknown; errors?: readonly { extensions: object }[] } | undefined,
): unknown {
  const codes = body?.errors?.map(({ extensions }) => (extensions as { code: string }).code);
  return { data: body?.data ?? null, codes };
}
