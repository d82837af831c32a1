import { readdirSync } from "node:fs";
import { join } from "node:path";
import { printJson, printSql, withPlaceholders, withPrevious } from "../support/golden-answer.ts";
import { sealed } from "../support/decision-world.ts";
import { expectGolden } from "../support/golden-file.ts";
import { type GoldenRequest, goldenRequests, REQUESTS_FOLDER } from "../support/golden-request.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  // Something on record, for those who ask what was decided.
  const agent = server.asCaller("cs-agent", "SERVICE_DELIVERY");
  await agent("query Recorded { customers(first: 4) { nodes { fullName phone idNumber } } }");
  await agent('query Recorded { customers(filter: { idNumber: { eq: "x" } }) { totalCount } }');
  await sealed(server, 4);
});
afterAll(() => server.close());

test.each(goldenRequests())("$name is answered as its golden says", async (request) => {
  const { answers, statements } = await send(request);
  const path = join(REQUESTS_FOLDER, request.name);
  expectGolden(`${path}.json`, `${printJson(withPlaceholders(answers))}\n`);
  if (request.keepsSql) expectGolden(`${path}.sql`, statements);
});

test("no answer is kept without its request, no request asks nothing", () => {
  const known = goldenRequests().map(({ name }) => name);
  const kept = readdirSync(REQUESTS_FOLDER)
    .filter((file) => /\.(json|sql)$/.test(file))
    .map((file) => file.replace(/\.\w+$/, ""));
  expect(kept.filter((name) => !known.includes(name))).toEqual([]);
  expect(goldenRequests().filter(({ askings }) => askings.length === 0)).toEqual([]);
});

/** Asks one after the other, so that an asking can go on where the one before ended. */
async function send(request: GoldenRequest): Promise<{ answers: unknown[]; statements: string }> {
  const answers: unknown[] = [];
  const statements: string[] = [];
  let previous: unknown = null;
  for (const { caller, purpose, variables } of request.askings) {
    server.resetStatements();
    const sent = withPrevious(variables, previous);
    const { status, body } = await server.ask(caller, request.query, { purpose, variables: sent });
    previous = body;
    const who = caller ?? "nobody";
    answers.push({ caller: who, purpose, variables, status, ...body });
    statements.push(`-- ${purpose === undefined ? who : `${who} for ${purpose}`}`);
    statements.push(...server.statements.map(printSql), "");
  }
  return { answers, statements: statements.join("\n") };
}
