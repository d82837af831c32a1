import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CUSTOMER_FIELDS, type CustomerField } from "../../src/customers/customer-record.ts";
import { validateField } from "../../src/customers/customer.validation.ts";
import { restrictToClearRows } from "../../src/guard/check-predicates.ts";
import { type Condition, isConstant } from "../../src/policy/condition.ts";
import { compilePredicate } from "../../src/policy/matches.ts";
import { verdictFor } from "../../src/policy/verdict.ts";
import {
  decisionTables,
  decisionTableSchema,
  type DecisionTable,
} from "../support/decision-table.ts";
import { customerField } from "../support/policy-world.ts";
import { rowAnswer, shownAs, TableWorld } from "../support/table-world.ts";

const TABLES = decisionTables();

describe.each(TABLES)("$name", ({ table }) => {
  const world = new TableWorld(table);
  for (const read of table.reads) readTests(world, read);
  for (const row of table.rows) rowTest(world, row);
  for (const query of table.queries) queryTest(world, query);
  for (const change of table.changes) changeTest(change);
});

test.each(TABLES)("$name names its JSON schema in its first line", ({ firstLine }) => {
  expect(firstLine).toBe("# yaml-language-server: $schema=./decision-table.schema.json");
});

test("decision-table.schema.json describes the form that is read", () => {
  const path = join(import.meta.dirname, "decision-table.schema.json");
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(decisionTableSchema());
});

test("the worked decisions about reads and queries are all there", () => {
  const cases = TABLES.flatMap(({ table }) => [
    ...table.reads,
    ...table.rows,
    ...table.queries,
    ...table.changes,
  ]);
  const numbers = new Set(cases.map((one) => one.decision));
  // 5 (no purpose) is held by the guarded reader's own test; the others need what is still to come.
  const expected = [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 23, 29, 30, 31];
  expect([...numbers]).toEqual(expect.arrayContaining([...expected, 33, 34, 36, 37, 38, 39, 40]));
});

function readTests(world: TableWorld, read: DecisionTable["reads"][number]): void {
  for (const [name, expected] of Object.entries(read.fields)) {
    const outcome = [expected.level, expected.reason]
      .filter((word) => word !== undefined)
      .join(", ");
    test(`${read.who} reads ${name} of ${read.whose}: ${outcome}${numberOf(read)}`, () => {
      const decisions = world.decisions(read.who);
      const row = world.customer(read.whose);
      const field = customerField(name);
      const verdict = verdictFor(decisions.bound, row, field);
      const { level, reason = null, rule, shown } = expected;
      expect(verdict).toEqual({ disclosure: level, reason, rule });
      expect(decisions.fieldPlan(field).decide(row)).toEqual(verdict);
      expect(rowAnswer(decisions, row)).toBe("VISIBLE");
      if (shown !== undefined) expect(shownAs({ field, row, verdict })).toBe(shown);
    });
  }
}

function rowTest(world: TableWorld, expected: DecisionTable["rows"][number]): void {
  const { who, whose, answer, reason = null, rule } = expected;
  test(`${who} asks for ${whose}: ${answer}${numberOf(expected)}`, () => {
    const decisions = world.decisions(who);
    const row = world.customer(whose);
    expect(rowAnswer(decisions, row)).toBe(answer);
    expect(compilePredicate(decisions.rows("see", "Customer"))(row)).toBe(answer === "VISIBLE");
    expect(decisions.rowVerdict("Customer", row)).toEqual({
      isVisible: answer === "VISIBLE",
      reason,
      rule,
    });
  });
}

function queryTest(world: TableWorld, query: DecisionTable["queries"][number]): void {
  const { filter, sort } = query.by;
  const way = filter === undefined ? `sorts by ${sort}` : `filters by ${filter}`;
  test(`${query.who} ${way}: ${query.answer}${numberOf(query)}`, () => {
    const ask = (): Condition | null => askedRows(world, query);
    if (query.answer.endsWith("_FORBIDDEN")) {
      const field = filter ?? sort;
      expect(ask).toThrow(expect.objectContaining({ code: query.answer, extras: { field } }));
      return;
    }
    const rows = ask();
    expect(rows === null || isConstant(rows, true)).toBe(query.answer === "EVERY_ROW");
    const holdsOn = (whose: string): boolean =>
      rows === null || compilePredicate(rows)(world.customer(whose));
    expect((query.on ?? []).filter((whose) => !holdsOn(whose))).toEqual([]);
    expect((query["not-on"] ?? []).filter(holdsOn)).toEqual([]);
  });
}

/** Rows to which the guard narrows the query; null where it lets it pass as it is. */
function askedRows(
  world: TableWorld,
  { who, by }: DecisionTable["queries"][number],
): Condition | null {
  const restricted = restrictToClearRows({
    decisions: world.decisions(who),
    filter:
      by.filter === undefined
        ? null
        : { kind: "test", field: customerField(by.filter), operator: "eq", value: "x" },
    order: by.sort === undefined ? [] : [{ field: customerField(by.sort), descending: false }],
  });
  const parts = restricted?.kind === "all" ? restricted.of : [restricted];
  const rows = parts.find((part) => part?.kind === "rows");
  return rows?.kind === "rows" ? rows.condition : null;
}

function changeTest(change: DecisionTable["changes"][number]): void {
  const { who, field, value, answer } = change;
  test(`${who} sets ${field} to ${value}: ${answer}${numberOf(change)}`, () => {
    expect(CUSTOMER_FIELDS).toContain(field);
    expect(validateField({ field: field as CustomerField, value })).toEqual({
      ok: false,
      fault: { field, code: answer, fault: null },
    });
  });
}

function numberOf({ decision }: { decision?: number | undefined }): string {
  return decision === undefined ? "" : ` (decision ${decision})`;
}
