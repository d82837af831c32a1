import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CUSTOMER_FIELDS, type CustomerField } from "../../src/customers/customer-record.ts";
import { validateField } from "../../src/customers/customer.validation.ts";
import { compilePredicate } from "../../src/policy/matches.ts";
import {
  decisionTables,
  decisionTableSchema,
  type DecisionTable,
} from "../../src/proving/decision-table.ts";
import { casesOf } from "../../src/proving/table-cases.ts";
import { TableWorld } from "../../src/proving/table-world.ts";
import { CATALOG, decisionsOf, ROWS, TABLES_FOLDER } from "../support/policy-world.ts";
import { shownAs } from "../support/shown-as.ts";

const TABLES = decisionTables(TABLES_FOLDER);

describe.each(TABLES)("$name", (written) => {
  const { table } = written;
  for (const { title, caller, now, failure } of casesOf({
    written,
    rows: ROWS,
    catalog: CATALOG,
  })) {
    test(`${title}`, () => expect(failure(decisionsOf(caller, now))).toBeNull());
  }
  const world = new TableWorld({ table, rows: ROWS, catalog: CATALOG });
  for (const read of table.reads) planTests(world, read);
  for (const row of table.rows) listTest(world, row);
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

function planTests(world: TableWorld, read: DecisionTable["reads"][number]): void {
  for (const [name, { level, reason = null, rule, shown }] of Object.entries(read.fields)) {
    test(`the plan of ${read.who} for ${name} of ${read.whose} says the same`, () => {
      const row = world.row(read.whose);
      const field = world.field(row.__typename, name);
      const decisions = decisionsOf(world.caller(read.who), world.now);
      const verdict = decisions.fieldPlan(field).decide(row);
      expect(verdict).toEqual({ disclosure: level, reason, rule });
      if (shown !== undefined) expect(shownAs({ field, row, verdict })).toBe(shown);
    });
  }
}

function listTest(world: TableWorld, { who, whose, answer }: DecisionTable["rows"][number]): void {
  test(`a list of ${who} ${answer === "VISIBLE" ? "holds" : "leaves out"} ${whose}`, () => {
    const row = world.row(whose);
    const seen = decisionsOf(world.caller(who), world.now).rows("see", row.__typename);
    expect(compilePredicate(seen)(row)).toBe(answer === "VISIBLE");
  });
}

function changeTest(change: DecisionTable["changes"][number]): void {
  const { who, field, value, answer, decision } = change;
  const number = decision === undefined ? "" : ` (decision ${decision})`;
  test(`${who} sets ${field} to ${value}: ${answer}${number}`, () => {
    expect(CUSTOMER_FIELDS).toContain(field);
    expect(validateField({ field: field as CustomerField, value })).toEqual({
      ok: false,
      fault: { field, code: answer, fault: null },
    });
  });
}
