import { beyond, orderBy, type OrderColumn } from "../../../src/database/keyset.ts";
import type { CursorValues } from "../../../src/database/read-request.ts";
import { SqlParameters } from "../../../src/database/sql-parameters.ts";

const ID = "0197c000-0000-7000-8000-000000000001";
const name: OrderColumn = { sql: "t.name", kind: "text", descending: false, isNullable: true };
const newest: OrderColumn = {
  sql: "t.at",
  kind: "timestamptz",
  descending: true,
  isNullable: true,
};
const id: OrderColumn = { sql: "t.id", kind: "uuid", descending: false, isNullable: false };

function past(columns: OrderColumn[], from: CursorValues, backwards = false): string {
  return beyond({ columns, from, backwards, parameters: new SqlParameters() });
}

test("rows without a value come last, and first when the order is read backwards", () => {
  expect(orderBy([name, id], false)).toBe("t.name asc nulls last, t.id asc");
  expect(orderBy([name, id], true)).toBe("t.name desc nulls first, t.id desc");
  expect(orderBy([newest, id], false)).toBe("t.at desc nulls last, t.id asc");
  expect(orderBy([newest, id], true)).toBe("t.at asc nulls first, t.id desc");
});

test("a page by id alone is a range of the primary key", () => {
  expect(past([id], [ID])).toBe("t.id > $1::uuid");
  expect(past([id], [ID], true)).toBe("t.id < $1::uuid");
});

test("after a value come greater ones, none at all, and ties with a greater id", () => {
  expect(past([name, id], ["Li", ID])).toBe(
    "((t.name > $2::text or t.name is null) or (t.name = $2::text and t.id > $1::uuid))",
  );
  expect(past([newest, id], ["2026-01-01 00:00:00.000001+00", ID])).toBe(
    "((t.at < $2::timestamptz or t.at is null) or (t.at = $2::timestamptz and t.id > $1::uuid))",
  );
});

test("after a missing value come only other missing ones", () => {
  expect(past([name, id], [null, ID])).toBe("(t.name is null and t.id > $1::uuid)");
});

test("before a missing value come all values and missing ones with a smaller id", () => {
  expect(past([name, id], [null, ID], true)).toBe(
    "(t.name is not null or (t.name is null and t.id < $1::uuid))",
  );
});

test("a cursor of another order is refused", () => {
  expect(() => past([name, id], [ID])).toThrow("a value for every key");
});
