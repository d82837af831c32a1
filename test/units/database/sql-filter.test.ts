import { loadCatalog } from "../../../src/catalog.ts";
import { fieldIn, typeIn } from "../../../src/classification/catalog.ts";
import type { Filter, FilterOperator } from "../../../src/database/read-request.ts";
import { filterToSql } from "../../../src/database/sql-filter.ts";
import { SqlParameters } from "../../../src/database/sql-parameters.ts";
import { PublicError } from "../../../src/errors.ts";

const customer = typeIn(loadCatalog(), "Customer");

type Value = Extract<Filter, { kind: "test" }>["value"];

function where(field: string, operator: FilterOperator, value: Value): Filter {
  return { kind: "test", field: fieldIn(customer, field), operator, value };
}

function sqlOf(filter: Filter): { sql: string; values: unknown[] } {
  const parameters = new SqlParameters();
  const columnOf = (attribute: string) => ({ sql: `t.${attribute}`, kind: "text" as const });
  return {
    sql: filterToSql(filter, { columnOf, parameters, rowAlias: "t" }),
    values: parameters.values,
  };
}

test("each operator compares the column of its field", () => {
  expect(sqlOf(where("customerNo", "eq", "C-1")).sql).toBe("t.customer_no = $1::text");
  expect(sqlOf(where("state", "in", ["ACTIVE", "SEALED"])).sql).toBe("t.state = any($1::text[])");
  expect(sqlOf(where("legalHold", "eq", true)).sql).toBe("t.legal_hold = $1::boolean");
  expect(sqlOf(where("recordedOn", "gte", "2020-01-01")).sql).toBe("t.recorded_on >= $1::date");
  expect(sqlOf(where("email", "isNull", true)).sql).toBe("t.email is null");
  expect(sqlOf(where("email", "isNull", false)).sql).toBe("t.email is not null");
});

test("wildcards in a searched text stand for themselves", () => {
  expect(sqlOf(where("fullName", "startsWith", String.raw`50%_\o`))).toEqual({
    sql: "t.full_name like $1::text",
    values: [String.raw`50\%\_\\o%`],
  });
  expect(sqlOf(where("fullName", "contains", "Li")).values).toEqual(["%Li%"]);
});

test("a sealed value is found by blind index, one for each controller", () => {
  const indexes = [Buffer.from("aa", "hex"), Buffer.from("bb", "hex")];
  expect(sqlOf(where("idNumber", "eq", indexes))).toEqual({
    sql: "t.id_number_index = any($1::bytea[])",
    values: [indexes],
  });
  expect(sqlOf(where("idNumber", "isNull", true)).sql).toBe("t.id_number_sealed is null");
});

test("the clear value of a sealed field finds nothing, since no index looks like it", () => {
  expect(sqlOf(where("idNumber", "eq", "110101199003070038"))).toEqual({
    sql: "false",
    values: [],
  });
});

test("a sealed field has neither order nor parts, and without an index no lookup", () => {
  expect(() => sqlOf(where("idNumber", "startsWith", "1101"))).toThrow("no startsWith");
  expect(() => sqlOf(where("birthDate", "lt", "2000-01-01"))).toThrow("can't be looked up");
  expect(() => sqlOf(where("healthStatus", "eq", Buffer.alloc(16)))).toThrow("can't be looked up");
});

test("a row without a value fulfils the negation of every comparison", () => {
  expect(sqlOf({ kind: "not", of: where("region", "eq", "BW") }).sql).toBe(
    "not (coalesce(t.region = $1::text, false))",
  );
});

test("conditions on rows stand beside tests and are negated like them", () => {
  const rows: Filter = {
    kind: "rows",
    condition: { kind: "compare", attribute: "controller", operator: "eq", value: "x" },
  };
  const both: Filter = { kind: "all", of: [rows, where("region", "eq", "BW")] };
  expect(sqlOf(both).sql).toBe("(t.controller = $1::text and t.region = $2::text)");
  expect(sqlOf({ kind: "not", of: rows }).sql).toBe(
    "not (coalesce(t.controller = $1::text, false))",
  );
});

test("an order that the column doesn't have is the caller's mistake", () => {
  let thrown: unknown;
  try {
    sqlOf(where("recordedOn", "gte", "2021-02-30"));
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(PublicError);
  expect((thrown as PublicError).code).toBe("BAD_USER_INPUT");
});
