import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { decisionTables } from "../../src/proving/decision-table.ts";
import { logged } from "../../src/proving/log-failure.ts";
import { REQUESTS_FOLDER } from "../support/golden-request.ts";
import { TABLES_FOLDER } from "../support/policy-world.ts";

/* Every worked decision of domain 4.5 is proved somewhere, or it is said what it waits for. */

const ALL = Array.from({ length: 42 }, (_, at) => at + 1);

const number = z.int().min(1).max(ALL.length);
const shape = z.strictObject({
  elsewhere: z.array(
    z.union([
      z.strictObject({ decision: number, golden: z.string() }),
      z.strictObject({ decision: number, test: z.string(), named: z.string() }),
    ]),
  ),
  "not-yet": z.array(z.strictObject({ decision: number, because: z.string().min(20) })),
});

const LIST = join(TABLES_FOLDER, "worked", "worked-decisions.yaml");
const { elsewhere, "not-yet": waiting } = shape.parse(parse(readFileSync(LIST, "utf8")));

/** Numbers that a case of a decision table is marked with. */
const inTables = new Set(
  decisionTables(TABLES_FOLDER).flatMap(({ table }) =>
    [table.reads, table.rows, table.queries, table.changes]
      .flat()
      .flatMap(({ decision }) => decision ?? []),
  ),
);
const proved = new Set([...inTables, ...elsewhere.map(({ decision }) => decision)]);
const waits = waiting.map(({ decision }) => decision);

test("every worked decision is proved, or it is said why not yet", () => {
  expect(ALL.filter((one) => !proved.has(one) && !waits.includes(one))).toEqual([]);
});

test("what is proved is no longer waited for: take its line from worked-decisions.yaml", () => {
  expect(waits.filter((one) => proved.has(one))).toEqual([]);
});

test("every worked decision of a table says the whole entry of the decision log", () => {
  const entries = decisionTables(TABLES_FOLDER).flatMap(({ name, table }) => {
    const reads = table.reads.map(({ decision, fields }) => ({
      decision,
      log: Object.values(fields).find(({ log }) => log !== undefined)?.log,
    }));
    const refused = table.queries.filter(({ answer }) => answer.endsWith("_FORBIDDEN"));
    return [...reads, ...table.rows, ...refused]
      .filter(({ decision }) => decision !== undefined)
      .map(({ decision, log = {} }) => ({ name, decision, says: Object.keys(log).sort() }));
  });
  const whole = Object.keys(logged.shape).sort();
  expect(entries.length).toBeGreaterThan(40);
  expect(entries.filter(({ says }) => says.join() !== whole.join())).toEqual([]);
});

test.each(elsewhere)("decision $decision is proved where the list says", (proof) => {
  if ("golden" in proof) {
    const path = join(REQUESTS_FOLDER, `${proof.golden}.graphql`);
    expect(existsSync(path)).toBe(true);
    expect(headingOf(path)).toMatch(new RegExp(`\\bdecision ${proof.decision}\\b`));
    expect(existsSync(path.replace(/graphql$/, "json"))).toBe(true);
  } else {
    const path = join(import.meta.dirname, "..", proof.test);
    expect(readFileSync(path, "utf8")).toContain(`"${proof.named}"`);
  }
});

/** The comment with which a request starts, as one line. */
function headingOf(path: string): string {
  const lines = readFileSync(path, "utf8").split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#") || line === "#");
  return lines
    .slice(0, end)
    .map((line) => line.slice(2))
    .join(" ");
}
