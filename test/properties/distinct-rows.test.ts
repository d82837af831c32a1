import fc from "fast-check";
import type { AttributeDefinition } from "../../src/classification/catalog.ts";
import type { AttributeValues, Condition } from "../../src/policy/condition.ts";
import { distinctRows } from "../../src/policy/distinct-rows.ts";
import { compilePredicate } from "../../src/policy/matches.ts";
import { smallWorld } from "../../src/policy/small-world.ts";
import { GENERATED_ATTRIBUTES, generatedCondition } from "../support/generated-conditions.ts";
import { noted } from "../support/record-properties.ts";
import { propertyRuns, timeFor } from "../support/runs.ts";

/* A survey and a comparison look at distinct rows alone: they have to be all that can happen. */

const ATTRIBUTES = new Map<string, AttributeDefinition>(
  Object.entries(GENERATED_ATTRIBUTES).map(([name, kind]) => [
    name,
    { name, column: name, kind, description: "" },
  ]),
);
const runs = { numRuns: propertyRuns(500) };
const conditions = fc.array(generatedCondition, { minLength: 1, maxLength: 10 });

test(
  "distinct rows turn out in every way in which rows of the small world do, and the first of each is told",
  () => {
    const counts = { "rows compared": 0, "distinct rows": 0, "worlds cut short": 0 };
    fc.assert(
      fc.property(conditions, (of) => {
        const { rows, isWhole } = smallWorld(of, ATTRIBUTES);
        const found = distinctRows(of, ATTRIBUTES);
        expect(found.isWhole).toBe(isWhole);
        expect(found.rows).toEqual(firstOfEach(of, rows));
        counts["rows compared"] += rows.length;
        counts["distinct rows"] += found.rows.length;
        counts["worlds cut short"] += isWhole ? 0 : 1;
      }),
      runs,
    );
    noted(counts);
  },
  timeFor(400_000),
);

/** The plain way: every row is asked everything. */
function firstOfEach(
  of: readonly Condition[],
  rows: readonly AttributeValues[],
): { row: AttributeValues; truths: boolean[] }[] {
  const tests = of.map(compilePredicate);
  const first = new Map<string, { row: AttributeValues; truths: boolean[] }>();
  for (const row of rows) {
    const truths = tests.map((holds) => holds(row));
    if (!first.has(truths.join())) first.set(truths.join(), { row, truths });
  }
  return [...first.values()];
}

test("more combinations than can be made leave attributes without a value, and nothing is proved", () => {
  const many = Array.from({ length: 40 }, (_, n): Condition => ({
    kind: "compare",
    attribute: `flag${n}`,
    operator: "eq",
    value: true,
  }));
  const { rows, isWhole } = distinctRows(many, new Map());
  expect(isWhole).toBe(false);
  expect(rows.length).toBeGreaterThan(1_000);
  expect(rows.every(({ truths }) => truths.at(-1) === false)).toBe(true);
});
