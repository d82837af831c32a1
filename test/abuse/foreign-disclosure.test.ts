import { DEMO_CUSTOMER_IDS } from "../../src/identity/demo-callers.ts";
import { requireDemoCaller } from "../../src/identity/demo-tokens.ts";
import { eventually } from "../support/eventually.ts";
import { type Answered, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

/* Worked decision 32 over HTTP: a foreign court's case that no Chinese authority approved. */

const FOREIGN = "DISCLOSURE-2026-002";
const LIAISON = requireDemoCaller("gov-liaison");
const REFUSED = "FOREIGN_DISCLOSURE_PROHIBITED";
const LIST = "{ customers(first: 50) { totalCount nodes { id fullName idNumber } } }";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.app.services.database.pool.query(
    "update principal set case_codes = array_append(case_codes, $1) where id = $2",
    [FOREIGN, LIAISON.id],
  );
});
afterAll(() => server.close());

/** Asks with a token that names so many of the liaison's cases; one that names none leaves all of them. */
async function ask(query: string, caseCodes: readonly string[]): Promise<Answered["body"]> {
  const { developmentIssuer } = server.app;
  if (developmentIssuer === null) throw new Error("Production has no demo callers.");
  const demoCaller = { ...LIAISON, caseCodes: [...caseCodes], caseFields: [] };
  const token = await developmentIssuer.issueDemoToken({ demoCaller, now: TEMPLATE_NOW });
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answered["body"];
}

const codesOf = ({ errors = [] }: Answered["body"]): unknown[] => [
  ...new Set(errors.map(({ extensions }) => extensions["code"])),
];

test("a case that the law forbids to answer refuses every reading (decision 32)", async () => {
  const id = DEMO_CUSTOMER_IDS.transferor;
  const documents = [
    LIST,
    `{ customer(id: "${id}") { fullName } }`,
    `{ node(id: "${id}") { id } }`,
    '{ customers(filter: { idNumber: { eq: "11010519491231002X" } }) { totalCount } }',
    "{ transfers { totalCount } }",
  ];
  for (const query of documents) {
    const body = await ask(query, []);
    expect({ query, codes: codesOf(body) }).toEqual({ query, codes: [REFUSED] });
    expect(Object.values(body.data ?? {}).filter((value) => value !== null)).toEqual([]);
  }
});

test("the domestic case beside it is answered to a token that names it alone", async () => {
  const body = await ask(LIST, ["DISCLOSURE-2026-001"]);
  expect(codesOf(body)).toEqual([]);
  expect(body.data).toMatchObject({ customers: { totalCount: expect.any(Number) as number } });
});

test("once the competent authority has approved it, nothing refuses any longer", async () => {
  await server.app.services.database.pool.query(
    "update disclosure_case set approval_ref = $1 where code = $2",
    ["司协〔2026〕12", FOREIGN],
  );
  // What a caller has is remembered for less than a second.
  await eventually(async () => expect(codesOf(await ask(LIST, []))).toEqual([]));
});
