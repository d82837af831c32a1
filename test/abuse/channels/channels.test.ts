import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, type GraphQLSchema, isObjectType } from "graphql";
import { CHANNELS } from "../../../leaks/channels.ts";
import type { Verdict } from "../../../leaks/finding.ts";
import { type Report, runLeakSuite } from "../../../leaks/suite.ts";
import { readTarget } from "../../../leaks/target.ts";
import { callerHeaders } from "../../../leaks/tokens.ts";
import { packageRoot } from "../../../src/lib/package-root.ts";
import { COVERED } from "../../support/covered-channels.ts";
import { startTestServer } from "../../support/start-test-server.ts";

/*
 * One test for each of the forty rows: the leak suite, which asks over HTTP as anybody could, finds
 * the channel closed, and the tests that look from inside are there. Where a row can't apply, the
 * name of its test says why, and the test holds that against the schema.
 */

/** Who asks, beside the data subject who reads everything: masks, pseudonyms, and bare existence. */
const MASKED = ["internal-auditor", "external-auditor", "security-responder"];

const TEST_FOLDER = join(packageRoot(), "test");
const SCHEMA = buildSchema(readFileSync(join(packageRoot(), "schema", "schema.graphql"), "utf8"));

const reports = new Map<string, Report>();
beforeAll(async () => {
  const server = await startTestServer();
  const demo = readTarget(join(packageRoot(), "leaks", "custodia.yaml"));
  const url = new URL("/graphql", server.url);
  for (const name of MASKED) {
    const target = { ...demo, callers: { ...demo.callers, masked: { name, headers: {} } } };
    const tokens = { reader: undefined, masked: undefined };
    const headers = await callerHeaders(url, { target, tokens });
    const connection = { url: url.href, maxRequests: 1_500, headers };
    reports.set(name, await runLeakSuite({ target, connection }));
  }
  await server.close();
}, 180_000);

/** What the suite found about a row, whoever was the masked caller. */
function verdicts(number: number): Verdict[] {
  return [...reports.values()].flatMap(({ rows }) =>
    rows.filter(({ channel }) => channel.number === number).map(({ verdict }) => verdict),
  );
}

/** `Type.field` of the schema's fields. */
function fieldsOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith("__"))
    .flatMap((type) => Object.keys(isObjectType(type) ? type.getFields() : {}));
}

test.each(COVERED)("row $number: $claim", ({ number, tests }) => {
  expect(verdicts(number)).toContain("closed");
  expect(verdicts(number)).not.toContain("open");
  for (const [file, title] of tests)
    expect(readFileSync(join(TEST_FOLDER, file), "utf8")).toContain(title);
});

test("row 6 can't apply: nothing sums values or tells the least and the greatest", () => {
  const extremes = /^(min|max|sum|avg|average)([A-Z]|$)/;
  expect(fieldsOf(SCHEMA).filter((name) => extremes.test(name))).toEqual([]);
  expect(new Set(verdicts(6))).toEqual(new Set(["does not apply"]));
});

test("row 10 can't apply: no argument takes a text to search for", () => {
  const list = SCHEMA.getQueryType()
    ?.getFields()
    ["customers"]?.args.map(({ name }) => name);
  expect(list?.sort()).toEqual(["after", "before", "filter", "first", "last", "orderBy"]);
  expect(new Set(verdicts(10))).toEqual(new Set(["does not apply"]));
});

test("row 11 can't apply: nothing is suggested, scored or highlighted", () => {
  expect(
    fieldsOf(SCHEMA).filter((name) => /suggest|score|relevance|highlight/i.test(name)),
  ).toEqual([]);
  expect(new Set(verdicts(11))).toEqual(new Set(["does not apply"]));
});

test("row 13 can't apply: no field of a customer takes an argument that computes with its value", () => {
  const customer = SCHEMA.getType("Customer");
  const fields = isObjectType(customer) ? Object.values(customer.getFields()) : [];
  const withArguments = fields.filter(({ args }) => args.length > 0).map(({ name }) => name);
  expect(withArguments.sort()).toEqual(["access", "events", "transfers"]);
  expect(new Set(verdicts(13))).toEqual(new Set(["does not apply"]));
});

test("row 27: how long a refused filter takes is measured over HTTP, and what decides it is bounded from inside", () => {
  expect(new Set(verdicts(27))).toEqual(new Set(["measured"]));
  const inside = readFileSync(join(TEST_FOLDER, "abuse", "errors.test.ts"), "utf8");
  expect(inside).toContain("a hidden row takes as long as a missing one");
});

test("row 30 can't apply inside: no tracer is installed; from outside no trace is answered", () => {
  const { dependencies } = JSON.parse(
    readFileSync(join(packageRoot(), "package.json"), "utf8"),
  ) as { dependencies: Record<string, string> };
  expect(Object.keys(dependencies).filter((name) => /opentelemetry|trac/i.test(name))).toEqual([]);
  expect(new Set(verdicts(30))).toEqual(new Set(["closed"]));
});

test("row 32 can't apply: the schema has no subscriptions", () => {
  expect(SCHEMA.getSubscriptionType()).toBeUndefined();
  expect(new Set(verdicts(32))).toEqual(new Set(["does not apply"]));
});

test("every row has its test, and the suite probes every row", () => {
  const others = [6, 10, 11, 13, 27, 30, 32];
  const numbers = [...COVERED.map(({ number }) => number), ...others].sort((a, b) => a - b);
  const forty = Array.from({ length: 40 }, (_, at) => at + 1);
  expect(numbers).toEqual(forty);
  expect(CHANNELS.flatMap(({ number }) => (number === "+" ? [] : [number]))).toEqual(forty);
});

test("beside the rows: whoever may look values up can't try them one after the other", () => {
  const found = [...reports.values()].map(({ rows }) =>
    rows.filter(({ channel }) => channel.name === "inference budget"),
  );
  expect(found.map((rows) => rows.map(({ verdict }) => verdict))).toEqual(
    MASKED.map(() => ["closed", "closed"]),
  );
  // The first to run finds out how far the budget reaches.
  expect(found[0]?.map(({ detail }) => detail)).toEqual(
    Array(2).fill(expect.stringMatching(/^refused after [1-5]: INFERENCE_BUDGET_SPENT$/)),
  );
});

test.each(MASKED)("nothing is open to %s, amplification included", (caller) => {
  const open = reports.get(caller)?.rows.filter(({ verdict }) => verdict === "open");
  expect(open).toEqual([]);
});
