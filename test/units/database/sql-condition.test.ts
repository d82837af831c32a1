import type { AttributeKind } from "../../../src/classification/catalog.ts";
import { conditionToSql } from "../../../src/database/sql-condition.ts";
import { SqlParameters } from "../../../src/database/sql-parameters.ts";
import { invariant } from "../../../src/lib/invariant.ts";
import { ALWAYS, type Condition, NEVER } from "../../../src/policy/condition.ts";

const A = "0197c000-0000-7000-8000-000000000001";
const B = "0197c000-0000-7000-8000-000000000002";

const KINDS: Readonly<Record<string, AttributeKind>> = {
  controllerId: "uuid",
  province: "text",
  legalHold: "boolean",
  bornOn: "date",
  epoch: "integer",
  formerIds: "uuid[]",
  purposes: "text[]",
};

function sqlOf(condition: Condition): { sql: string; values: unknown[] } {
  const parameters = new SqlParameters();
  const columnOf = (attribute: string) => {
    const kind = KINDS[attribute];
    invariant(kind !== undefined, `no attribute ${attribute}`);
    return { sql: `t.${attribute}`, kind };
  };
  return { sql: conditionToSql(condition, { columnOf, parameters }), values: parameters.values };
}

const eq = (attribute: string, value: string | number | boolean | Date): Condition => ({
  kind: "compare",
  attribute,
  operator: "eq",
  value,
});

test("comparisons in positive positions are plain, so that indexes serve them", () => {
  expect(sqlOf(eq("controllerId", A))).toEqual({ sql: "t.controllerId = $1::uuid", values: [A] });
  expect(sqlOf({ kind: "in", attribute: "controllerId", values: [A, B] })).toEqual({
    sql: "t.controllerId = any($1::uuid[])",
    values: [[A, B]],
  });
  expect(sqlOf({ kind: "in", attribute: "controllerId", values: [A] })).toEqual({
    sql: "t.controllerId = $1::uuid",
    values: [A],
  });
  expect(sqlOf({ kind: "overlaps", attribute: "formerIds", values: [A, B] })).toEqual({
    sql: "t.formerIds && $1::uuid[]",
    values: [[A, B]],
  });
  expect(sqlOf({ kind: "includes", attribute: "purposes", value: "MARKETING" })).toEqual({
    sql: "t.purposes && $1::text[]",
    values: [["MARKETING"]],
  });
});

test("below a not every comparison reads unknown as false, however deep", () => {
  const condition: Condition = {
    kind: "not",
    of: { kind: "any", of: [eq("province", "BW"), { kind: "not", of: eq("legalHold", true) }] },
  };
  expect(sqlOf(condition).sql).toBe(
    "not ((coalesce(t.province = $1::text, false) or not (coalesce(t.legalHold = $2::boolean, false))))",
  );
});

test("a not leaves the comparisons beside it plain", () => {
  const condition: Condition = {
    kind: "all",
    of: [eq("controllerId", A), { kind: "not", of: eq("province", "BW") }],
  };
  expect(sqlOf(condition).sql).toBe(
    "(t.controllerId = $1::uuid and not (coalesce(t.province = $2::text, false)))",
  );
});

test("exists is never unknown", () => {
  expect(sqlOf({ kind: "not", of: { kind: "exists", attribute: "province" } }).sql).toBe(
    "not (t.province is not null)",
  );
});

test("empty means nothing: no values match no row, and no alternatives are never true", () => {
  expect(sqlOf({ kind: "in", attribute: "province", values: [] }).sql).toBe("false");
  expect(sqlOf({ kind: "overlaps", attribute: "purposes", values: [] }).sql).toBe("false");
  expect(sqlOf({ kind: "any", of: [] }).sql).toBe("false");
  expect(sqlOf({ kind: "all", of: [] }).sql).toBe("true");
  expect(sqlOf(ALWAYS).sql).toBe("true");
  expect(sqlOf(NEVER).sql).toBe("false");
});

test.each([
  ["controllerId", "no uuid"],
  ["controllerId", A.toUpperCase()],
  ["controllerId", 1],
  ["province", 1],
  ["province", "a\0"],
  ["province", "\ud800"],
  ["legalHold", "true"],
  ["bornOn", "2021-02-30"],
  ["bornOn", new Date(0)],
  ["epoch", "1"],
  ["epoch", 1.5],
  ["epoch", Number.NaN],
  ["epoch", 2 ** 31],
  ["formerIds", A],
])("%s never equals %p, so the value isn't even sent", (attribute, value) => {
  expect(sqlOf(eq(attribute, value))).toEqual({ sql: "false", values: [] });
  expect(sqlOf({ kind: "in", attribute, values: [value] })).toEqual({ sql: "false", values: [] });
});

test("order goes by code point for text and by number for fractions", () => {
  const ordered = (attribute: string, value: string | number): Condition => ({
    kind: "compare",
    attribute,
    operator: "gte",
    value,
  });
  expect(sqlOf(ordered("province", "BW")).sql).toBe(`t.province::text collate "C" >= $1::text`);
  expect(sqlOf(ordered("bornOn", "2000-01-01")).sql).toBe("t.bornOn >= $1::date");
  expect(sqlOf(ordered("epoch", 2)).sql).toBe("t.epoch >= $1::integer");
  expect(sqlOf(ordered("epoch", 1.5)).sql).toBe("t.epoch::float8 >= $1::float8");
  expect(() => sqlOf(ordered("province", "\0"))).toThrow("text that no row can hold");
});

test("values are parameters whatever they hold", () => {
  const hostile = "'; drop table customer; --";
  const { sql, values } = sqlOf({
    kind: "all",
    of: [eq("province", hostile), { kind: "in", attribute: "province", values: [hostile, "x"] }],
  });
  expect(sql).toBe("(t.province = $1::text and t.province = any($2::text[]))");
  expect(values).toEqual([hostile, [hostile, "x"]]);
});

test("an unknown attribute is a mistake of ours", () => {
  expect(() => sqlOf(eq("password", "x"))).toThrow("no attribute password");
});
